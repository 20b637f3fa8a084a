"""Fixtures of the domain's tests: the shipped office at work, and items in each state of progress."""

from __future__ import annotations

import pytest

from tests.workflow.shipped import catalogue as shipped_catalogue
from tests.workflow.shipped import machine, setting
from tests.workflow.world import World
from workflow.engine.machine import RunnableMachine
from workflow.model.context import Setting
from workflow.model.definition import Catalogue
from workflow.model.facts import Item


@pytest.fixture(scope="session")
def diem_he() -> Setting:
    """The shipped office's setting, begun on the first day of the plan's year."""
    return setting()


@pytest.fixture(scope="session")
def plan_task() -> RunnableMachine:
    return machine("plan_task")


@pytest.fixture(scope="session")
def nomination_dossier() -> RunnableMachine:
    return machine("nomination_dossier")


@pytest.fixture(scope="session")
def words() -> Catalogue:
    return shipped_catalogue()


@pytest.fixture
def world() -> World:
    """The office on 20 January 2026, its plan imported."""
    return World.planned()


@pytest.fixture
def drafted_task(world: World) -> Item:
    return world.item(world.task_in("drafted"))


@pytest.fixture
def submitted_task(world: World) -> Item:
    return world.item(world.task_in("submitted"))


@pytest.fixture
def reviewed_task(world: World) -> Item:
    return world.item(world.task_in("reviewed"))


@pytest.fixture
def approved_task(world: World) -> Item:
    return world.item(world.task_in("approved"))


@pytest.fixture
def drafted_dossier(world: World) -> Item:
    return world.item(world.dossier_in("drafted"))


@pytest.fixture
def submitted_dossier(world: World) -> Item:
    return world.item(world.dossier_in("submitted"))


@pytest.fixture
def returned_dossier(world: World) -> Item:
    return world.item(world.dossier_in("returned"))


@pytest.fixture
def reviewed_dossier(world: World) -> Item:
    return world.item(world.dossier_in("reviewed"))


@pytest.fixture
def approved_dossier(world: World) -> Item:
    return world.item(world.dossier_in("approved"))
