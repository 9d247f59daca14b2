import reflex as rx

config = rx.Config(
    app_name="looks",
    app_module_import="looks",
    plugins=[
        rx.plugins.SitemapPlugin(),
        rx.plugins.TailwindV4Plugin(
            {
                "plugins": ["@tailwindcss/typography"],
                "theme": {"extend": {"colors": {"brand": "rgb(1, 2, 3)"}}},
            }
        ),
    ],
)
