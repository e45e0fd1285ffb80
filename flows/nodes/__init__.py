"""The five kinds of node that routes are built of: Begin, Work, Gate, Wait, Finish.

Only Work leaves a row: a work item. The others decide where a run goes on within one transaction, so a
step writes no more than its person's item and the next one.
"""

from flows.nodes.begin import Begin
from flows.nodes.finish import Finish
from flows.nodes.gate import Gate
from flows.nodes.wait import Wait
from flows.nodes.work import Work

__all__ = ["Begin", "Finish", "Gate", "Wait", "Work"]
