import { useState } from "react";
import { createRoot } from "react-dom/client";
import { Badge, Box, Button, Container, Dialog, Flex, Heading, Select, Table, Tabs, Theme } from "@radix-ui/themes";
import { House, Info, User } from "lucide-react";

const PEOPLE = Array.from({ length: 10 }, (_, i) => ({ name: `Person ${i}`, role: "viewer" }));

function About() {
  return (
    <Dialog.Root>
      <Dialog.Trigger>
        <Button>
          <Info />
          About
        </Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Title>About</Dialog.Title>
        <Dialog.Description>A page as many are.</Dialog.Description>
        <Dialog.Close>
          <Button variant="soft">Close</Button>
        </Dialog.Close>
      </Dialog.Content>
    </Dialog.Root>
  );
}

function People() {
  return (
    <Table.Root>
      <Table.Header>
        <Table.Row>
          <Table.ColumnHeaderCell>Name</Table.ColumnHeaderCell>
          <Table.ColumnHeaderCell>Role</Table.ColumnHeaderCell>
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {PEOPLE.map(({ name, role }) => (
          <Table.Row key={name}>
            <Table.RowHeaderCell>
              <Flex gap="2">
                <User size={16} />
                {name}
              </Flex>
            </Table.RowHeaderCell>
            <Table.Cell>
              <Badge>{role}</Badge>
            </Table.Cell>
          </Table.Row>
        ))}
      </Table.Body>
    </Table.Root>
  );
}

function Page() {
  const [role, setRole] = useState("editor");
  return (
    <Theme>
      <Container>
        <Flex>
          <House />
          <Heading>Typical</Heading>
          <Box flexGrow="1" />
          <About />
        </Flex>
        <Tabs.Root defaultValue="people">
          <Tabs.List>
            <Tabs.Trigger value="people">People</Tabs.Trigger>
            <Tabs.Trigger value="settings">Settings</Tabs.Trigger>
          </Tabs.List>
          <Tabs.Content value="people">
            <People />
          </Tabs.Content>
          <Tabs.Content value="settings">
            <Select.Root value={role} onValueChange={setRole}>
              <Select.Trigger />
              <Select.Content>
                {["viewer", "editor", "owner"].map((name) => (
                  <Select.Item key={name} value={name}>
                    {name}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select.Root>
          </Tabs.Content>
        </Tabs.Root>
      </Container>
    </Theme>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
