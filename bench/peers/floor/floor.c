// The floor: a Lambda function that answers a constant. Static, so that nothing is loaded; one connection, one buffer,
// no parsing but for the request id and the length. It cannot be done with much less.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char BODY[] =
    "{\"statusCode\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":"
    "\"{\\\"id\\\":1,\\\"title\\\":\\\"Write the tutorial\\\",\\\"description\\\":\\\"Finish the Next.js API routes guide\\\",\\\"completed\\\":false,"
    "\\\"createdAt\\\":\\\"2026-06-01T10:00:00.000Z\\\"}\"}";
static char buffer[1 << 20];

// Reads one response to its end, by its content-length; ends the process where there is none.
static void read_response(int connection) {
    size_t filled = 0;
    for (;;) {
        ssize_t got = read(connection, buffer + filled, sizeof buffer - 1 - filled);
        if (got <= 0) exit(1);
        filled += (size_t)got;
        buffer[filled] = 0;
        char *end = strstr(buffer, "\r\n\r\n");
        if (!end) continue;
        char *length = strcasestr(buffer, "\r\ncontent-length:");
        size_t body = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
        if (filled >= (size_t)(end + 4 - buffer) + body) return;
    }
}

static void send_all(int connection, const char *text, size_t length) {
    while (length > 0) {
        ssize_t sent = write(connection, text, length);
        if (sent <= 0) exit(1);
        text += sent;
        length -= (size_t)sent;
    }
}

int main(void) {
    char host[64] = "";
    const char *api = getenv("AWS_LAMBDA_RUNTIME_API");
    const char *colon = api ? strchr(api, ':') : NULL;
    if (!colon || (size_t)(colon - api) >= sizeof host) return 1;
    memcpy(host, api, (size_t)(colon - api));
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(colon + 1))};
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) return 1;
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) return 1;
    for (;;) {
        static char request[2048];
        int length = snprintf(request, sizeof request, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nhost: %s\r\n\r\n", api);
        send_all(connection, request, (size_t)length);
        read_response(connection);
        char id[128] = "";
        const char *name = "\r\nlambda-runtime-aws-request-id:";
        char *at = strcasestr(buffer, name);
        if (!at || sscanf(at + strlen(name), " %127[^\r\n]", id) != 1) return 1;
        length = snprintf(request, sizeof request,
                          "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nhost: %s\r\n"
                          "content-length: %zu\r\n\r\n%s",
                          id, api, sizeof BODY - 1, BODY);
        send_all(connection, request, (size_t)length);
        read_response(connection);
    }
}
