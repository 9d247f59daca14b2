"""The models that make up the app's database."""

from __future__ import annotations

from typing import Any, ClassVar

from .database import package


class ModelRegistry:
    """Models that are no ``rx.Model``: of SQLModel, or of SQLAlchemy's declarative classes."""

    models: ClassVar[set[Any]] = set()

    @classmethod
    def register(cls, model: Any) -> Any:
        """Make the table of a class part of the database; also a decorator."""
        cls.models.add(model)
        return model

    @classmethod
    def get_models(cls, include_empty: bool = False) -> set[Any]:
        """Return the models that were registered; those without tables where wanted."""
        return {model for model in cls.models if include_empty or model.metadata.tables}

    @classmethod
    def get_metadata(cls) -> Any:
        """Return what SQLAlchemy knows of all tables, as one."""
        whole = package("sqlalchemy").MetaData()
        for each in metadata():
            for table in each.tables.values():
                table.to_metadata(whole)
        return whole


def metadata() -> list[Any]:
    """Return the collections of tables: SQLModel's, and those of registered models."""
    found = {id(model.metadata): model.metadata for model in ModelRegistry.models}
    own = package("sqlmodel").SQLModel.metadata
    return list({id(own): own, **found}.values())
