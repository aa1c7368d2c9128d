"""GET /api/tasks/{id} with boto3 and Powertools, as functions/api/tasks/[id]/get.rs answers it."""

import json
import os
import re
import time

import boto3
from aws_lambda_powertools import Logger

IDS_PER_PARTITION = 10_000
MAX_ID = 2**53 - 1

logger = Logger(service="get-task")
table = boto3.resource("dynamodb").Table(os.environ["TASKS_TABLE"])


def handler(event, context):
    started = time.perf_counter()
    response = answer(event)
    logger.info(
        "%s %s",
        event["routeKey"],
        response["statusCode"],
        extra={
            "requestId": event["requestContext"]["requestId"],
            "route": event["routeKey"],
            "status": response["statusCode"],
            "milliseconds": (time.perf_counter() - started) * 1000,
        },
    )
    return response


def answer(event):
    def respond(status, body, **headers):
        return {
            "statusCode": status,
            "headers": {
                "content-type": "application/json",
                "cache-control": "no-store",
                "x-content-type-options": "nosniff",
                "x-request-id": event["requestContext"]["requestId"],
                **headers,
            },
            "body": json.dumps(body),
        }

    digits = (event.get("pathParameters") or {}).get("id", "")
    if not re.fullmatch("[1-9][0-9]{0,15}", digits) or int(digits) > MAX_ID:
        return respond(400, {"error": "Invalid id"})
    id = int(digits)
    try:
        key = {"pk": f"items#{(id - 1) // IDS_PER_PARTITION}", "id": id}
        item = table.get_item(Key=key, ConsistentRead=True).get("Item")
    except Exception:
        logger.exception("no answer from DynamoDB")
        return respond(500, {"error": "Failed to fetch task"})
    if item is None:
        return respond(404, {"error": "Task not found"})
    task = {
        "id": id,
        "title": item["title"],
        "description": item.get("description"),
        "completed": item["completed"],
        "createdAt": item["createdAt"],
    }
    return respond(200, task, **{"cache-control": "private, no-cache", "etag": f'"{item["version"]}"'})
