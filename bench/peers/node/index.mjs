// GET /api/tasks/{id} with the AWS SDK, as functions/api/tasks/[id]/get.rs answers it.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";

const IDS_PER_PARTITION = 10_000;
const table = process.env.TASKS_TABLE;
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async (event) => {
  const started = performance.now();
  const response = await answer(event);
  console.info({
    message: `${event.routeKey} ${response.statusCode}`,
    requestId: event.requestContext.requestId,
    route: event.routeKey,
    status: response.statusCode,
    milliseconds: performance.now() - started,
  });
  return response;
};

async function answer(event) {
  const respond = (statusCode, body, headers) => ({
    statusCode,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": event.requestContext.requestId,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const digits = event.pathParameters?.id ?? "";
  const id = Number(digits);
  if (!/^[1-9][0-9]*$/.test(digits) || !Number.isSafeInteger(id)) {
    return respond(400, { error: "Invalid id" });
  }
  try {
    const found = await client.send(
      new GetCommand({
        TableName: table,
        Key: { pk: `items#${Math.floor((id - 1) / IDS_PER_PARTITION)}`, id },
        ConsistentRead: true,
      }),
    );
    if (!found.Item) return respond(404, { error: "Task not found" });
    const { title, description, completed, createdAt, version } = found.Item;
    const headers = { "cache-control": "private, no-cache", etag: `"${version}"` };
    return respond(200, { id, title, description, completed, createdAt }, headers);
  } catch (error) {
    console.error(error);
    return respond(500, { error: "Failed to fetch task" });
  }
}
