import { Badge } from "@radix-ui/themes";
import { toast } from "sonner";
import dot from "./dot.svg";
import "./hello.css";

export function Hello({ name, icon, variant, onGreet, children }) {
  return (
    <div className="hello">
      <Badge color="grass">{variant}</Badge>
      <button type="button" onClick={() => onGreet("Python")}>
        {icon} Hello {name} {children}
      </button>
      <button type="button" onClick={() => toast("from a file")}>
        toast
      </button>
      <img src={dot} alt="imported" />
    </div>
  );
}

export function NeedsWindow() {
  return <p id="width">{window.innerWidth > 0 ? "has a window" : ""}</p>;
}
