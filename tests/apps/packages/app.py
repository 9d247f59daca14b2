"""Real packages of PyPI, each used by a handler; pydantic also by the module itself."""

from pydantic import BaseModel, Field, ValidationError

import wasmrx as rx

faker = rx.lazy_import("faker")


class Person(BaseModel):
    name: str
    age: int = Field(ge=0)


class State(rx.State):
    out: str = ""

    @rx.event
    def validate(self, text: str):
        try:
            self.out = Person.model_validate_json(text).model_dump_json()
        except ValidationError as error:
            self.out = error.errors()[0]["msg"]

    @rx.event
    def versions(self):
        from importlib.metadata import version

        self.out = f"{version('pydantic')} {version('msgspec')}"

    @rx.event
    def messages(self):
        import jiter
        import msgspec

        packed = msgspec.msgpack.encode({"one": [1, 2.5, None]})
        self.out = f"{msgspec.msgpack.decode(packed)} {jiter.from_json(b'[true]')}"

    @rx.event
    def contours(self):
        """Use the compiled part of contourpy alone, as the rest takes numpy."""
        from importlib.machinery import PathFinder
        from importlib.util import find_spec, module_from_spec

        places = find_spec("contourpy").submodule_search_locations
        spec = PathFinder.find_spec("contourpy._contourpy", places)
        compiled = module_from_spec(spec)
        spec.loader.exec_module(compiled)
        fill = compiled.FillType.OuterCode
        self.out = f"{fill} {compiled.SerialContourGenerator.supports_fill_type(fill)}"

    @rx.event
    async def symbols(self):
        import sympy

        x = sympy.Symbol("x")
        self.out = str(sympy.integrate(sympy.sin(x) * sympy.exp(x), x))

    @rx.event
    def graph(self):
        import networkx

        self.out = str(networkx.shortest_path(networkx.cycle_graph(6), 0, 2))

    @rx.event
    def invented(self):
        faker.Faker.seed(7)
        self.out = "a name" if faker.Faker().name() else ""

    @rx.event
    def figure(self):
        import plotly.graph_objects as go

        self.out = go.Figure(go.Bar(x=["a", "b"], y=[3, 1])).to_json()[:41]

    @rx.event
    def database(self):
        from sqlmodel import Field as Column
        from sqlmodel import Session, SQLModel, create_engine, select

        class Hero(SQLModel, table=True):
            __table_args__ = {"extend_existing": True}
            id: int | None = Column(default=None, primary_key=True)
            name: str

        engine = create_engine("sqlite://")
        SQLModel.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Hero(name="Zed"))
            session.commit()
            self.out = repr(session.exec(select(Hero)).all())

    @rx.event
    async def installed(self):
        import micropip

        await micropip.install("humanize")
        import humanize

        self.out = humanize.intcomma(1234567)

    @rx.event
    async def not_installed(self):
        import micropip

        await micropip.install("num" + "py")

    @rx.event
    def own(self):
        from shapes import Square

        self.out = f"{Square(3).area()}"

    @rx.event
    def own_fails(self):
        from shapes import Square

        Square("wide").area()


HANDLERS = (
    *("versions", "messages", "contours", "symbols", "graph", "invented", "figure", "database"),
    *("installed", "not_installed", "own", "own_fails"),
)


def index():
    return rx.vstack(
        rx.text(State.out, id="out"),
        rx.input(id="person", on_blur=State.validate),
        *[rx.button(name, id=name, on_click=getattr(State, name)) for name in HANDLERS],
    )


app = rx.App()
app.add_page(index)
