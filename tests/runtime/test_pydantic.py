"""Models of pydantic itself as what vars hold, what handlers take, and what a tab keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any

import pytest

import wasmrx as rx

pydantic = pytest.importorskip("pydantic", exc_type=ImportError)

Visit = Callable[..., Any]


class Level(Enum):
    LOW = "low"
    HIGH = "high"


class Address(pydantic.BaseModel):
    city: str
    tags: list[str] = []


class Person(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(validate_assignment=True)

    name: str
    age: int = pydantic.Field(default=0, ge=0)
    born: date | None = None
    level: Level = Level.LOW
    address: Address = Address(city="Rome")
    by_year: dict[int, list[str]] = {}
    _seen: int = pydantic.PrivateAttr(default=0)

    @pydantic.computed_field
    @property
    def label(self) -> str:
        return f"{self.name} ({self.age})"

    @pydantic.field_validator("name")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return value.strip()

    def birthday(self) -> None:
        self.age += 1
        self._seen += 1
        self.address.tags.append("older")


class Fixed(pydantic.BaseModel, frozen=True):
    number: int
    parts: list[int] = []


class Aliased(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")
    user_id: int = pydantic.Field(default=1, alias="userId")


class People(rx.State):
    one: Person = Person(name="Ann")
    many: list[Person] = [Person(name="Ann"), Person(name="Bob")]
    maybe: Person | None = None
    fixed: Fixed = Fixed(number=1)
    aliased: Aliased = Aliased()
    problem: str = ""
    _hidden: Person = Person(name="Eve")

    @rx.var
    def total(self) -> int:
        return self.one.age + sum(person.age for person in self.many)

    @rx.event
    def change(self) -> None:
        self.one.name = "  Zoe "
        self.one.birthday()
        self.one.born = date(2020, 1, 2)
        self.one.level = Level.HIGH
        self.one.by_year.setdefault(2020, []).append("a")
        self._hidden.birthday()

    @rx.event
    def change_many(self) -> None:
        self.many[1].address.city = "Oslo"
        self.many[1].birthday()
        self.many.append(Person(name="Cid", age=3))

    @rx.event
    def refuse(self) -> None:
        try:
            self.one.age = -1
        except pydantic.ValidationError as error:
            self.problem = error.errors()[0]["type"]

    @rx.event
    def take(self, person: Person) -> None:
        self.maybe = person

    @rx.event
    def use(self) -> None:
        one = self.one
        assert isinstance(one, Person)
        assert one == Person(name="Ann")
        copied = one.model_copy(update={"age": 9})
        assert type(copied) is Person
        assert copied.age == 9
        assert one.age == 0
        assert Person.model_validate(one.model_dump()) == one
        assert Person.model_validate_json(one.model_dump_json()) == one
        deep = one.model_copy(deep=True)
        deep.address.tags.append("not here")
        assert one.address.tags == []
        assert one.model_fields_set == {"name"}
        assert Person.model_validate(one) == one
        self.many = [Person(**dict(one)), copied, self.one]
        self.fixed.parts.append(2)
        self.aliased.user_id = 5
        self.aliased.more = "extra"


ANN = {
    "name": "Ann",
    "age": 0,
    "born": None,
    "level": "low",
    "address": {"city": "Rome", "tags": []},
    "by_year": {},
    "label": "Ann (0)",
}


def test_a_model_is_the_object_of_its_fields(visit: Visit) -> None:
    async def story(v: Any) -> None:
        assert v.of(People)["one"] == ANN
        assert v.of(People)["fixed"] == {"number": 1, "parts": []}
        assert v.of(People)["maybe"] is None

    visit(story)


def test_what_a_handler_changes_in_a_model_reaches_the_page(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(People.change)
        assert v.errors == []
        assert v.of(People)["one"] == {
            "name": "Zoe",
            "age": 1,
            "born": "2020-01-02",
            "level": "high",
            "address": {"city": "Rome", "tags": ["older"]},
            "by_year": {"2020": ["a"]},
            "label": "Zoe (1)",
        }
        assert v.of(People)["total"] == 1
        await v.run(People.change_many)
        assert v.errors == []
        assert v.of(People)["many"] == [
            ANN,
            {
                **ANN,
                "name": "Bob",
                "age": 1,
                "address": {"city": "Oslo", "tags": ["older"]},
                "label": "Bob (1)",
            },
            {**ANN, "name": "Cid", "age": 3, "label": "Cid (3)"},
        ]
        assert v.of(People)["total"] == 5

    visit(story)


def test_what_the_model_refuses_changes_nothing(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(People.refuse)
        assert v.of(People)["problem"] == "greater_than_equal"
        assert v.of(People)["one"] == ANN

    visit(story)


def test_a_proxy_is_a_model_to_pydantic(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(People.use)
        assert v.errors == []
        assert v.of(People)["many"] == [ANN, {**ANN, "age": 9, "label": "Ann (9)"}, ANN]
        assert v.of(People)["fixed"] == {"number": 1, "parts": [2]}
        assert v.of(People)["aliased"] == {"user_id": 5, "more": "extra"}
        kept = v.instance(People).many[2]
        assert type(kept.model_copy()) is Person

    visit(story)


def test_arguments_and_setters_are_checked_by_the_model(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(People.take, person={"name": " Dan ", "age": "7", "address": {"city": "Bonn"}})
        assert v.errors == []
        assert v.of(People)["maybe"]["label"] == "Dan (7)"
        await v.run(People.set_one, value={"name": "New", "level": "high"})
        assert v.errors == []
        assert isinstance(v.instance(People).one, Person)
        assert v.instance(People).one.level is Level.HIGH
        await v.run(People.take, person={"name": "Dan", "age": -7})
        assert "takes person: " in v.errors[-1]["message"]
        assert v.of(People)["maybe"]["age"] == 7

    visit(story)


def test_models_are_kept(visit: Visit, make_visitor: Any) -> None:
    async def story(v: Any) -> None:
        await v.run(People.change)
        await v.run(People.change_many)
        later = make_visitor()
        later.saved = v.saved
        await later.hydrate()
        assert later.told == []
        assert later.of(People) == v.of(People)
        assert later.instance(People)._hidden._seen == 1
        assert later.instance(People).one._seen == 1
        await later.run(People.change)
        assert later.of(People)["one"]["age"] == 2

    visit(story)
