"""The public names of Reflex 0.10, by namespace: what an app written for it may say."""

NAMES: dict[str, str] = {
    "": """
        AdminDash App BaseStateToken Color Component ComponentNamespace ComponentState Config Cookie
        DBConfig EMPTY_VAR_COMPONENT EMPTY_VAR_INT EMPTY_VAR_STR Env EventChain EventHandler Field
        Fragment ImportDict ImportVar LocalStorage Middleware Model ModelRegistry MomentDelta
        NoSSRComponent PropsBase RestProp Script SessionStorage SharedState State StateToken Style
        UploadChunk UploadChunkIterator UploadFile Var _x accordion admin alert_dialog app asession
        aspect_ratio asset audio auto_scroll avatar badge base blockquote box breakpoints button
        call_function call_script callout cancel_upload card center checkbox checkbox_cards
        checkbox_group clear_local_storage clear_selected_files clear_session_storage clipboard code
        code_block color color_mode color_mode_cond compiler components cond config
        connection_banner connection_modal console_log constants container context_menu data_editor
        data_editor_theme data_list data_table debounce_input desktop_only dialog divider download
        drawer dropdown_menu dynamic el event field flex foreach form fragment get_state
        get_upload_dir get_upload_url grid heading hover_card hstack html icon icon_button image
        input inset link list list_item logo lucide markdown match memo menu middleware
        mobile_and_tablet mobile_only model moment moment_provider noop ordered_list page plotly
        plugins popover prevent_default progress radio radio_cards radio_group radix recharts
        redirect remove_cookie remove_local_storage remove_session_storage run_in_thread run_script
        script scroll_area scroll_to section segmented_control select selected_files separator
        serializer session set_clipboard set_focus set_value skeleton slider spacer spinner stack
        stop_propagation style switch table tablet_and_desktop tablet_only tabs testing text
        text_area text_field theme theme_panel toast toggle_color_mode tooltip unordered_list upload
        upload_files upload_files_chunk utils var vars video vstack window_alert
        window_event_listener
    """,
    "event": """
        back blur_focus call_function call_script clear_local_storage clear_session_storage
        console_log download noop prevent_default redirect remove_cookie remove_local_storage
        remove_session_storage run_script scroll_to set_clipboard set_focus set_value
        stop_propagation upload_files upload_files_chunk window_alert checked_input_event
        float_input_event input_event int_input_event key_event no_args_event_spec on_submit_event
        on_submit_string_event passthrough_event_spec pointer_event_spec EventChain EventHandler
        EventSpec EventType KeyInputInfo PointerEventInfo
    """,
    "toast": """
        dismiss error info loading options provider success warning
    """,
    "color_mode": """
        button icon switch
    """,
    "el": """
        a abbr address area article aside audio b base bdi bdo blockquote body br button canvas
        caption circle cite code col colgroup data datalist dd defs del_ details dfn dialog div dl
        dt ellipse em embed fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header
        hr html i iframe image img input ins kbd label legend li line linear_gradient link main map
        mark marker math meta meter nav noscript object ol optgroup option output p path picture
        polygon portal pre progress q radial_gradient rect rp rt ruby s samp script section select
        slot small source span stop strong style sub summary sup svg table tbody td template text
        textarea tfoot th thead time title tr track u ul video wbr
    """,
    "recharts": """
        area area_chart bar bar_chart brush cartesian_axis cartesian_grid cell composed_chart
        error_bar funnel funnel_chart graphing_tooltip label label_list layer legend line line_chart
        pie pie_chart polar_angle_axis polar_grid polar_radius_axis radar radar_chart radial_bar
        radial_bar_chart rectangle reference_area reference_dot reference_line responsive_container
        sankey_chart scatter scatter_chart tooltip treemap use_chart_width x_axis y_axis z_axis
    """,
    "vars": """
        ArrayVar BaseStateMeta BooleanVar ColorVar ConcatVarOperation DateTimeVar EMPTY_VAR_INT
        EMPTY_VAR_STR EvenMoreBasicBaseState Field FunctionStringVar FunctionVar LiteralArrayVar
        LiteralBooleanVar LiteralColorVar LiteralNumberVar LiteralObjectVar LiteralStringVar
        LiteralVar NumberVar ObjectVar RestProp StringVar Var VarData VarOperationCall base color
        datetime field function get_leaf_vars get_unique_variable_name get_uuid_string_var number
        object sequence use_hook_var use_id var_operation var_operation_return
    """,
    "plugins": """
        BaseContext CommonContext CompileContext CompilerHooks ComponentAndChildren EmbedPlugin
        PageContext Plugin PreCompileContext RadixThemesPlugin RegisterRouteContext SitemapPlugin
        TailwindV3Plugin TailwindV4Plugin
    """,
}
