"""Tests of workflow.intake.structure."""
