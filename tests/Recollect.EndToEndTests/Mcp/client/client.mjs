// Talks to Recollect with the client of another maker and prints what it got as one line of JSON.
//   node client.mjs stdio PROGRAM ARGUMENT…
//   node client.mjs http URL [KEY]
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [kind, target, ...rest] = process.argv.slice(2);
const transport =
  kind === "stdio"
    ? new StdioClientTransport({ command: target, args: rest, stderr: "ignore" })
    : new StreamableHTTPClientTransport(new URL(target), {
        requestInit: { headers: rest[0] ? { Authorization: `Bearer ${rest[0]}` } : {} },
      });

const client = new Client({ name: "recollect-test", version: "1.0.0" });
await client.connect(transport);
const { tools } = await client.listTools(); // from here on the client checks results against the declared schema
const call = async (name, args) => {
  try {
    const result = await client.callTool({ name, arguments: args });
    return { isError: result.isError, text: result.content[0].text, memories: result.structuredContent?.memories };
  } catch (error) {
    return { code: error.code, message: error.message };
  }
};
const question = { scope: "personal", query_summary: "Which street do I live in?", user_id: "dana" };
console.log(
  JSON.stringify({
    server: client.getServerVersion(),
    tools: tools.map((tool) => tool.name),
    found: await call("recall_memory", question),
    nobody: await call("recall_memory", { ...question, user_id: "nobody" }),
    missing: await call("recall_memory", { ...question, user_id: undefined }),
    forbidden: await call("recall_memory", { ...question, scope: "secrets" }),
    unknown: await call("forget_everything", {}),
  }),
);
await client.close();
