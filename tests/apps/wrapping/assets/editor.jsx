import { EditorContent, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";

export default function Editor({ start, onChange }) {
  const editor = useEditor({
    extensions: [StarterKit],
    content: start,
    onUpdate: ({ editor: changed }) => onChange(changed.getHTML()),
  });
  return (
    <div>
      <button type="button" onClick={() => editor.chain().focus().selectAll().toggleItalic().run()}>
        italic
      </button>
      <EditorContent editor={editor} />
    </div>
  );
}
