"""What the linker puts where, and that a linked site renders and runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from wasmrx.compiler.link import LinkResult, ModuleCode, link
from wasmrx.compiler.link_graph import ForeignChunk
from wasmrx.compiler.link_render import link_for_render
from wasmrx.compiler.prerender import RenderError, RenderRequest, render
from wasmrx.compiler.units import LinkError, icon_data, icon_names, library
from wasmrx.expr import Import

from hosting import Host

JSX = {Import("react/jsx-runtime", "jsx"): "jsx"}
BUTTON = {Import("@radix-ui/themes/button", "Button"): "Button"}
SLIDER = {Import("@radix-ui/themes/slider", "Slider"): "Slider"}


def module(
    name: str, body: str, imports: Mapping[Import, str] = JSX, exports: tuple[str, ...] = ("Page",)
) -> ModuleCode:
    return ModuleCode(name, body, imports, exports)


def start(*pages: str) -> ModuleCode:
    loads = ",".join(f'()=>import(CHUNK("{page}"))' for page in pages)
    mount = {
        Import("react-dom/client", "createRoot"): "createRoot",
        Import("root", "Root"): "Root",
        **JSX,
    }
    body = (
        f"const loads=[{loads}];loads[0]().then(({{Page}})=>createRoot("
        'document.getElementById("root")).render(jsx(Root,{children:jsx(Page,{})})));'
    )
    return ModuleCode("main", body, mount, ())


ROOT = ModuleCode(
    "root",
    "const Root=({children})=>jsx(Theme,{children});",
    {**JSX, Import("@radix-ui/themes/theme", "Theme"): "Theme"},
    ("Root",),
)
HOME = module("page:/", 'const Page=()=>jsx(Button,{children:"home"});', {**JSX, **BUTTON})
ABOUT = module(
    "page:/about",
    'const Page=()=>jsx("p",{children:[jsx(Button,{children:"about"},1),jsx(Slider,{},2)]});',
    {**JSX, **BUTTON, **SLIDER},
)
PLAIN = module("page:/post/[id]", 'const Page=()=>jsx("i",{children:FILE("logo")});')
SITE = (start("page:/", "page:/about", "page:/post/[id]"), ROOT, HOME, ABOUT, PLAIN)
FILES = {"logo": "../logo.svg"}


def text_of(result: LinkResult, path: str) -> str:
    return next(chunk.text for chunk in result.chunks if chunk.path == path)


def holder(result: LinkResult, alias: str) -> str:
    """The path of the chunk that defines the unit behind ``alias``."""
    mark = f"const $u{library().aliases[alias]}="
    (path,) = [chunk.path for chunk in result.chunks if mark in chunk.text]
    return path


def test_the_same_source_gives_the_same_bytes() -> None:
    assert link(SITE, FILES) == link(SITE, FILES)


def test_units_lie_with_those_who_need_them() -> None:
    site = link(SITE, FILES)
    assert holder(site, "react-dom/client").startswith("core-")
    assert holder(site, "@radix-ui/themes/theme").startswith("core-")
    assert holder(site, "@radix-ui/themes/button").startswith("shared-")
    assert holder(site, "@radix-ui/themes/slider") == site.pages["page:/about"][0]
    assert "sonner" not in "".join(chunk.text for chunk in site.chunks)


def test_every_unit_is_written_once() -> None:
    defined = re.findall(r"const (\$[um]\w+)=\(", "".join(c.text for c in link(SITE, FILES).chunks))
    assert len(defined) == len(set(defined)) > 20


def test_a_page_preloads_all_that_it_imports() -> None:
    site = link(SITE, FILES)
    path, preload = site.pages["page:/about"]
    imported = set(re.findall(r'import\{[^}]*\}from"\./([^"]+)"', text_of(site, path)))
    assert imported <= set(preload)
    assert {name.split("-")[0] for name in preload} == {"core", "shared"}


def test_names_follow_the_content() -> None:
    before = link(SITE, FILES)
    changed = module("page:/", 'const Page=()=>jsx(Button,{children:"new"});', {**JSX, **BUTTON})
    after = link([changed if part is HOME else part for part in SITE], FILES)
    assert before.pages["page:/"][0] != after.pages["page:/"][0]
    assert before.entry != after.entry
    assert before.pages["page:/about"] == after.pages["page:/about"]


def test_file_names_are_plain_and_placeholders_gone() -> None:
    site = link(SITE, FILES)
    assert site.pages["page:/post/[id]"][0].startswith("page-post-id-")
    for chunk in site.chunks:
        assert re.fullmatch(r"[a-zA-Z0-9-]+-[0-9a-f]{10}\.js", chunk.path)
        assert not re.search(r"CHUNK\(|FILE\(|LAZY\(", chunk.text)
    assert '"../logo.svg"' in text_of(site, site.pages["page:/post/[id]"][0])


def test_a_dynamic_import_gets_a_chunk_of_its_own() -> None:
    chart = module(
        "page:/", "const Page=()=>jsx(Plot,{});", {**JSX, Import("plotly", "Plot"): "Plot"}
    )
    site = link([start("page:/"), ROOT, chart], {})
    lazy = max(site.chunks, key=lambda chunk: len(chunk.text))
    assert lazy.path.startswith("lazy-") and len(lazy.text) > 1_000_000
    assert any(f'import("./{lazy.path}")' in chunk.text for chunk in site.chunks)
    assert lazy.path not in site.pages["page:/"][1]


def test_a_module_shared_by_pages_is_written_once() -> None:
    shared = module("nav", 'const Nav=()=>jsx("nav",{});', JSX, ("Nav",))
    use = {**JSX, Import("nav", "Nav"): "Nav"}
    pages = [module(f"page:/{n}", f"const Page=()=>jsx(Nav,{{id:{n}}});", use) for n in (1, 2)]
    site = link([start("page:/1", "page:/2"), ROOT, shared, *pages], {})
    assert sum(chunk.text.count('jsx("nav"') for chunk in site.chunks) == 1
    assert set(site.pages) == {"page:/1", "page:/2"}


def test_what_needs_a_package_never_lies_in_the_core() -> None:
    """The package takes React from a chunk that imports the core: a circle would never start."""
    wide = {**JSX, Import("around", "Around"): "Around"}
    root = module("root", "const Root=(props)=>jsx(Around,props);", wide, ("Root",))
    page = module("page:/", "const Page=()=>jsx(Around,{});", wide)
    chunks = {
        "npm:around": ForeignChunk('import{jsx}from CHUNK("site:react");', ("site:react",)),
    }
    site_react = module("site:react", "", {Import("react", "*"): "all"}, ("all as default",))
    site = link([start("page:/"), root, page, site_react], {}, chunks)
    edges = {
        chunk.path: set(re.findall(r'from ?"\./([^"]+)"', chunk.text)) for chunk in site.chunks
    }
    (core,) = [path for path in edges if path.startswith("core-")]
    assert edges[core] == set()
    (package,) = [path for path in edges if path.startswith("npm-around-")]
    assert package in site.entry_preload
    assert package in site.pages["page:/"][1]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Import("@radix-ui/themes/buton", "Button"), ["'@radix-ui/themes/buton'", "did you mean"]),
        (Import("react", "useStat"), ["'useStat'", "did you mean 'useState'"]),
        (Import("lucide-react/icons", "arow-left"), ["'arow-left'", "'arrow-left'"]),
        (Import("root", "Rot"), ["'root'", "'Rot'"]),
    ],
)
def test_a_wrong_import_says_what_is_close(wanted: Import, words: list[str]) -> None:
    page = module("page:/", "", {wanted: "x"}, ())
    with pytest.raises(LinkError) as caught:
        link([start("page:/"), ROOT, page], {})
    assert all(word in str(caught.value) for word in words)


def test_unknown_chunks_and_files_are_named() -> None:
    with pytest.raises(LinkError, match="'main' loads 'page:/gone'"):
        link([start("page:/gone"), ROOT, HOME], {})
    with pytest.raises(LinkError, match="'logo'"):
        link(SITE, {})


def test_icons_know_their_aliases() -> None:
    assert "home" in icon_names() and len(icon_names()) > 1_500
    assert icon_data("home") == icon_data("house")


def test_pages_render_in_one_context() -> None:
    script = link_for_render(SITE)
    requests = [
        RenderRequest(name, name.removeprefix("page:"), {})
        for name in ("page:/", "page:/about", "page:/post/[id]")
    ]
    html = render(script, requests)
    assert html is not None
    assert ">home</button>" in html[0] and "radix-themes" in html[0]
    assert "rt-SliderTrack" in html[1]
    assert html == render(script, requests)


def test_markdown_renders_without_a_document() -> None:
    taken = {
        Import("react-markdown", "default"): "Markdown",
        Import("remark-gfm", "default"): "gfm",
        Import("rehype-raw", "default"): "raw",
    }
    body = (
        "const Page=()=>jsx(Markdown,{remarkPlugins:[gfm],rehypePlugins:[raw],"
        r'children:"# T &copy;\n\n~~a~~ <u>b</u>"});'
    )
    html = render(
        link_for_render([ROOT, module("page:/", body, {**JSX, **taken})]),
        [RenderRequest("page:/", "/", {})],
    )
    assert html is not None
    assert "<h1>T ©</h1>" in html[0] and "<del>a</del> <u>b</u>" in html[0]


def test_a_page_that_fails_to_render_is_named() -> None:
    broken = module("page:/b", "const Page=()=>{throw new Error('no shelf')};")
    with pytest.raises(RenderError, match=r"'/b'.*no shelf"):
        render(link_for_render([ROOT, broken]), [RenderRequest("page:/b", "/b", {})])


def test_a_linked_site_runs(tmp_path: Path, host: Host, page: Page) -> None:
    open_in(page, host, tmp_path, list(SITE))
    page.get_by_role("button", name="home").wait_for()


def every_alias() -> ModuleCode:
    """A module that imports all that the library has, and keeps it where a test can see it."""
    names = {Import(alias, "*"): f"a{n}" for n, alias in enumerate(sorted(library().aliases))}
    kept = ",".join(f"[{alias.module!r},{local}]" for alias, local in names.items())
    return ModuleCode("all", f"globalThis.everything=[{kept}];const All=1;", names, ("All",))


EMPTY = """everything.filter(([,unit]) =>
  !Object.keys(unit).length || Object.values(unit).some((value) => value === undefined)
).map(([alias]) => alias)"""


def open_in(page: Page, host: Host, folder: Path, modules: list[ModuleCode]) -> None:
    site = link(modules, FILES)
    for chunk in site.chunks:
        (folder / chunk.path).write_text(chunk.text)
    (folder / "index.html").write_text(
        "<!doctype html><link rel=icon href=data:,><div id=root></div>"
        f'<script type=module src="./{site.entry}"></script>'
    )
    page.goto(host.mount(f"/link/{folder.name}/", folder))


def test_every_alias_loads_in_a_browser(tmp_path: Path, host: Host, page: Page) -> None:
    main = ModuleCode("main", "globalThis.done=All;", {Import("all", "All"): "All"}, ())
    open_in(page, host, tmp_path, [main, every_alias()])
    page.wait_for_function("globalThis.done === 1")
    assert page.evaluate(EMPTY) == []


def test_every_alias_loads_without_a_document() -> None:
    body = f'const Page=()=>jsx("p",{{children:({EMPTY}).join()}});'
    html = render(
        link_for_render([ROOT, every_alias(), module("page:/", body)]),
        [RenderRequest("page:/", "/", {})],
    )
    assert html is not None and "<p></p>" in html[0]


def test_a_plotly_chart_is_drawn(tmp_path: Path, host: Host, page: Page) -> None:
    imports = {
        Import("react-dom/client", "createRoot"): "createRoot",
        Import("plotly", "Plot"): "Plot",
        **JSX,
    }
    body = (
        'const data=[{type:"bar",x:["a","b"],y:[1,2]}];'
        'createRoot(document.getElementById("root")).render(jsx(Plot,{data,layout:{width:400}}));'
    )
    open_in(page, host, tmp_path, [ModuleCode("main", body, imports, ())])
    page.locator(".js-plotly-plot .bars .point").nth(1).wait_for(state="attached")
