import { useState } from "react";
import { createRoot } from "react-dom/client";
import { Button, Container, Heading, Theme } from "@radix-ui/themes";
import {
  Bar, BarChart, CartesianGrid, Legend, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis,
} from "recharts";

const ROWS = Array.from({ length: 12 }, (_, i) => ({ name: `${i}`, a: (i * 3) % 7, b: (i * 5) % 9 }));

function Page() {
  const [rows, setRows] = useState(ROWS);
  return (
    <Theme>
      <Container>
        <Heading>Charts</Heading>
        <Button onClick={() => setRows([...rows].reverse())}>Turn</Button>
        <ResponsiveContainer width="100%" height={250}>
          <LineChart data={rows}>
            <Line dataKey="a" />
            <Line dataKey="b" stroke="#8884d8" />
            <XAxis dataKey="name" />
            <YAxis />
            <Tooltip />
            <Legend />
          </LineChart>
        </ResponsiveContainer>
        <ResponsiveContainer width="100%" height={250}>
          <BarChart data={rows}>
            <Bar dataKey="a" fill="#8884d8" />
            <XAxis dataKey="name" />
            <CartesianGrid strokeDasharray="3 3" />
          </BarChart>
        </ResponsiveContainer>
      </Container>
    </Theme>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
