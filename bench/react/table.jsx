// What a careful React author writes for a table whose rows change one at a time: rows are
// memoised, and a change copies the list and the row.
import { memo, useState } from "react";
import { createRoot } from "react-dom/client";

const COUNT = Number(new URLSearchParams(location.search).get("rows"));
const first = Array.from({ length: COUNT }, (_, id) => ({ id, name: `Row ${id}`, amount: id }));

const Row = memo(({ row }) => (
  <tr>
    <td>{row.name}</td>
    <td className="amount">{row.amount}</td>
  </tr>
));

function Table() {
  const [rows, setRows] = useState(first);
  const edit = () =>
    setRows((old) => {
      const next = old.slice();
      const at = COUNT / 2;
      next[at] = { ...old[at], amount: old[at].amount + 1 };
      return next;
    });
  return (
    <div>
      <button onClick={edit}>Edit</button>
      <table>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

createRoot(document.getElementById("root")).render(<Table />);
