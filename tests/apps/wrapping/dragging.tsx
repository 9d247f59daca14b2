import { useDraggable, useDroppable } from "@dnd-kit/core";
import type { ReactNode } from "react";

interface Props {
  name: string;
  children?: ReactNode;
}

export function Draggable({ name, children }: Props) {
  const { attributes, listeners, setNodeRef, transform } = useDraggable({ id: name });
  const moved = transform ? `translate(${transform.x}px, ${transform.y}px)` : undefined;
  return (
    <div ref={setNodeRef} id={name} style={{ transform: moved, background: "gold" }} {...listeners} {...attributes}>
      {children}
    </div>
  );
}

export function Droppable({ name, children }: Props) {
  const { setNodeRef } = useDroppable({ id: name });
  return (
    <div ref={setNodeRef} id={name} style={{ width: 150, height: 100, border: "1px solid" }}>
      {children}
    </div>
  );
}
