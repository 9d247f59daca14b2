import { useState } from "react";
import { createRoot } from "react-dom/client";
import { Button, Container, Heading, Text, Theme } from "@radix-ui/themes";

function Page() {
  const [count, setCount] = useState(0);
  return (
    <Theme>
      <Container>
        <Heading>Minimal</Heading>
        <Text>You clicked {count} times.</Text>
        <Button onClick={() => setCount(count + 1)}>More</Button>
      </Container>
    </Theme>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
