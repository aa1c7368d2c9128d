/** Made from openapi.yaml by `npm run types`. */

export interface paths {
    "/api/hello": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Greet */
        get: operations["hello"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List posts
         * @description The posts in the order of their ids, in pages of at most 1,000 items and about 4 MiB. `Link` gives the next page. A
         *     page may be short, even empty, and still have a `Link`.
         */
        get: operations["list-posts"];
        put?: never;
        /** Create a post */
        post: operations["create-post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get a post */
        get: operations["get-post"];
        /**
         * Change the fields that are given
         * @description A field that is missing, `null` or empty keeps its value. If there is no such post, that is said before anything about
         *     the body.
         */
        put: operations["put-post"];
        post?: never;
        /**
         * Delete a post
         * @description Its id never comes back.
         */
        delete: operations["delete-post"];
        options?: never;
        head?: never;
        /**
         * Change a post by a JSON Merge Patch
         * @description JSON Merge Patch (RFC 7396) over title, content and author. None of them can be removed.
         */
        patch: operations["patch-post"];
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tasks
         * @description The tasks in the order of their ids, in pages of at most 1,000 items and about 4 MiB. `Link` gives the next page. A
         *     page may be short, even empty, and still have a `Link`.
         */
        get: operations["list-tasks"];
        put?: never;
        /** Create a task */
        post: operations["create-task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get a task */
        get: operations["get-task"];
        /**
         * Change a task as a whole
         * @description The rules are those of a new task: `title` is required. If `description` or `completed` is left out, it keeps its
         *     value. What is wrong with the body is said before whether there is such a task.
         */
        put: operations["put-task"];
        post?: never;
        /**
         * Delete a task
         * @description Its id never comes back.
         */
        delete: operations["delete-task"];
        options?: never;
        head?: never;
        /**
         * Change a task by a JSON Merge Patch
         * @description JSON Merge Patch (RFC 7396): every field is optional, and `"description": null` removes the description.
         */
        patch: operations["patch-task"];
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read query parameters */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/echo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a JSON body */
        post: operations["echo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a form */
        post: operations["form"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the Authorization header
         * @description Any `Authorization` header will do; if keys for tokens are configured, it must be a valid token.
         */
        get: operations["get-auth"];
        put?: never;
        /**
         * Validate a token
         * @description If no keys are configured, no token is valid.
         */
        post: operations["post-auth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The reference of this API
         * @description This document as a page, to read and to try.
         */
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page that uses this API */
        get: operations["page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page, at the posts */
        get: operations["page-posts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page, at the tasks */
        get: operations["page-tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Ids only grow; that of a deleted item never comes back. */
        Id: number;
        /**
         * Format: date-time
         * @description UTC, with milliseconds.
         */
        Timestamp: string;
        PostTitle: string;
        /** @description At most 262,144 bytes of UTF-8. */
        PostContent: string;
        PostAuthor: string;
        /** @description Spaces count. */
        TaskTitle: string;
        TaskDescription: string;
        Post: {
            id: components["schemas"]["Id"];
            title: components["schemas"]["PostTitle"];
            content: components["schemas"]["PostContent"];
            author: components["schemas"]["PostAuthor"];
            createdAt: components["schemas"]["Timestamp"];
        };
        NewPost: {
            title: components["schemas"]["PostTitle"];
            content: components["schemas"]["PostContent"];
            author: components["schemas"]["PostAuthor"];
        };
        /** @description A field that is missing, `null` or empty keeps its value. */
        PostChanges: {
            title?: components["schemas"]["PostTitle"] | null;
            content?: components["schemas"]["PostContent"] | null;
            author?: components["schemas"]["PostAuthor"] | null;
        };
        PostPatch: {
            title?: components["schemas"]["PostTitle"];
            content?: components["schemas"]["PostContent"];
            author?: components["schemas"]["PostAuthor"];
        };
        Task: {
            id: components["schemas"]["Id"];
            title: components["schemas"]["TaskTitle"];
            description: components["schemas"]["TaskDescription"] | null;
            completed: boolean;
            createdAt: components["schemas"]["Timestamp"];
        };
        NewTask: {
            title: components["schemas"]["TaskTitle"];
            description?: components["schemas"]["TaskDescription"];
            completed?: boolean;
        };
        TaskPatch: {
            title?: components["schemas"]["TaskTitle"];
            /** @description `null` removes it. */
            description?: components["schemas"]["TaskDescription"] | null;
            completed?: boolean;
        };
        Form: {
            title?: string;
            author?: string;
        };
        Authorized: {
            /** @constant */
            authorized: true;
        };
        /** @description What is wrong, as a text or as issues. */
        Error: {
            error: string | components["schemas"]["Issue"][];
        };
        ErrorText: {
            error: string;
        };
        /** @description What the gateway says, if a request does not get as far as the API. */
        GatewayError: {
            message: string;
        };
        /** @description A broken rule, as Zod 4 tells it. */
        Issue: components["schemas"]["InvalidType"] | components["schemas"]["TooSmall"] | components["schemas"]["TooBig"];
        InvalidType: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            code: "invalid_type";
            /** @enum {unknown} */
            expected: "string" | "boolean" | "object" | "number" | "int";
            /**
             * @description Only for a number that is no whole one.
             * @constant
             */
            format?: "safeint";
            /**
             * @description Only for a parameter that is no number.
             * @enum {unknown}
             */
            received?: "NaN" | "Infinity" | "-Infinity";
            path: components["schemas"]["IssuePath"];
            message: string;
        };
        TooSmall: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            code: "too_small";
            /** @enum {unknown} */
            origin: "string" | "number" | "int";
            minimum: number;
            /** @constant */
            inclusive: true;
            /** @description Only for a number that JavaScript can't hold. */
            note?: string;
            path: components["schemas"]["IssuePath"];
            message: string;
        };
        TooBig: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            code: "too_big";
            /** @enum {unknown} */
            origin: "string" | "number" | "int";
            maximum: number;
            /** @constant */
            inclusive: true;
            /** @description Only for a number that JavaScript can't hold. */
            note?: string;
            path: components["schemas"]["IssuePath"];
            message: string;
        };
        /** @description The field or parameter; empty for the body itself. */
        IssuePath: string[];
    };
    responses: {
        /** @description The item is as the caller has it. */
        ItemNotModified: {
            headers: {
                etag: components["headers"]["ETag"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["Revalidate"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The document is as the caller has it. */
        FileNotModified: {
            headers: {
                etag: components["headers"]["ETag"];
                vary: components["headers"]["Vary"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoCache"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The page, with all it needs in it. */
        Page: {
            headers: {
                etag: components["headers"]["ETag"];
                vary: components["headers"]["Vary"];
                "content-encoding": components["headers"]["ContentEncoding"];
                "content-security-policy": components["headers"]["ContentSecurityPolicy"];
                "referrer-policy": components["headers"]["ReferrerPolicy"];
                "cross-origin-opener-policy": components["headers"]["OpenerPolicy"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoCache"];
                [name: string]: unknown;
            };
            content: {
                "text/html": string;
            };
        };
        /** @description The page is as the caller has it. */
        PageNotModified: {
            headers: {
                etag: components["headers"]["ETag"];
                vary: components["headers"]["Vary"];
                "content-security-policy": components["headers"]["ContentSecurityPolicy"];
                "referrer-policy": components["headers"]["ReferrerPolicy"];
                "cross-origin-opener-policy": components["headers"]["OpenerPolicy"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoCache"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The methods that the path has. */
        Options: {
            headers: {
                allow: components["headers"]["Allow"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The path without a slash at its end, and without several in a row. */
        Redirect: {
            headers: {
                location: components["headers"]["RedirectTo"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description A condition lists more than 100 tags. */
        TooManyTags: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "If-Match lists more than 100 entity tags"
                 *     }
                 */
                "application/json": components["schemas"]["ErrorText"];
            };
        };
        /** @description A token is needed, and there is no valid one. */
        Unauthorized: {
            headers: {
                "www-authenticate": components["headers"]["WwwAuthenticate"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Unauthorized"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Unauthorized";
                };
            };
        };
        /** @description There is no such path. */
        NotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Not found"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Not found";
                };
            };
        };
        /** @description There is no such post. */
        PostNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Post not found"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Post not found";
                };
            };
        };
        /** @description There is no such task. */
        TaskNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Task not found"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Task not found";
                };
            };
        };
        /** @description The path does not have this method. */
        MethodNotAllowed: {
            headers: {
                allow: components["headers"]["Allow"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    error: "Method not allowed" | "Use /api/posts/[id] for updates" | "Use /api/posts/[id] to delete specific posts";
                };
            };
        };
        /** @description The item is not as `If-Match` or `If-None-Match` asks. Nothing was changed. */
        PreconditionFailed: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Precondition failed"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Precondition failed";
                };
            };
        };
        /** @description The body is too large, or what would be answered to it. */
        BodyTooLarge: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Request body exceeds 1048576 bytes"
                 *     }
                 */
                "application/json": {
                    /** @enum {unknown} */
                    error: "Request body exceeds 1048576 bytes" | "The answer to this request would be too large";
                };
            };
        };
        /** @description The body is compressed, and nothing here decompresses it. */
        EncodedBody: {
            headers: {
                "accept-encoding": components["headers"]["AcceptIdentity"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Content-Encoding of a body must be identity"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Content-Encoding of a body must be identity";
                };
            };
        };
        /** @description The `Idempotency-Key` came with another body before. */
        KeyReused: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Idempotency-Key was used with another body before"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Idempotency-Key was used with another body before";
                };
            };
        };
        /** @description More requests than the stage lets through, by the gateway itself. */
        Throttled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "Too Many Requests"
                 *     }
                 */
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** @description Something failed that the caller can't mend. The log has the cause, under the id of the request. */
        Failed: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Failed to greet"
                 *     }
                 */
                "application/json": {
                    error: string;
                };
            };
        };
        /** @description The database was throttled, slow or not reached. Try again. */
        Unavailable: {
            headers: {
                "retry-after": components["headers"]["RetryAfter"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "Temporarily unavailable"
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    error: "Temporarily unavailable";
                };
            };
        };
        /**
         * @description `Temporarily unavailable`: nothing was changed, try again. `The change may or may not have been made`: the database's
         *     answer got lost; read the item, then decide.
         */
        UnavailableOrUnsure: {
            headers: {
                "retry-after": components["headers"]["RetryAfter"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    error: "Temporarily unavailable" | "The change may or may not have been made";
                };
            };
        };
    };
    parameters: {
        /** @description A whole number in plain digits. What is none names no item. */
        Id: components["schemas"]["Id"];
        /** @description The most items of a page. A whole number, as JavaScript's `Number()` reads it. Empty is the default. */
        PageLimit: number;
        /** @description Where the page begins, from the `Link` of the page before. It has the filter in it. */
        Cursor: string;
        /**
         * @description 1 to 255 visible ASCII characters, best a new UUID for each item. For 24 hours the same key with the same body gets the
         *     first answer again. In double quotes it is the same key. A comma may only stand in quotes.
         */
        IdempotencyKey: string;
        /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
        IfMatch: string;
        /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
        IfNoneMatch: string;
        /** @description `br` and `gzip` are answered compressed. */
        AcceptEncoding: string;
    };
    requestBodies: never;
    headers: {
        /** @description The id of the request, as in the log. */
        RequestId: string;
        /** @description The type is as stated. */
        NoSniff: "nosniff";
        /** @description Nobody keeps this answer. */
        NoStore: "no-store";
        /** @description The caller may keep the item, and asks before each use whether it still is so. */
        Revalidate: "private, no-cache";
        /** @description May be kept, and is asked for again before each use. */
        NoCache: "no-cache";
        /**
         * @description Names this version of the item or file, for `If-Match` and `If-None-Match`.
         * @example "v019ab3f0c11d2e4f60718293"
         */
        ETag: string;
        /**
         * @description The next page, if there may be one (RFC 8288).
         * @example </api/items?limit=2&cursor=AQAAAAAAAAADP7V7R_GrDf8>; rel="next"
         */
        Link: string;
        /** @description Where the post is. */
        PostLocation: string;
        /** @description Where the task is. */
        TaskLocation: string;
        /** @description An earlier request with this key made the item. */
        IdempotencyReplayed: "true";
        /** @description Seconds to wait before another try. */
        RetryAfter: number;
        /**
         * @description The methods that the path has.
         * @example GET, HEAD, OPTIONS, POST
         */
        Allow: string;
        /** @description What to send instead (RFC 6750). */
        WwwAuthenticate: "Bearer" | "Bearer error=\"invalid_token\"";
        /** @description The encodings of a body that are taken, if it was encoded. */
        AcceptIdentity: "identity";
        /** @description The clean path, with the query. */
        RedirectTo: string;
        /** @description The encoding depends on what the caller accepts. */
        Vary: "accept-encoding";
        /** @description How the body is compressed, if it is. */
        ContentEncoding: "br" | "gzip";
        /** @description What the page may do. It runs no script but its own, and reaches no other host. */
        ContentSecurityPolicy: string;
        /** @description A link that leads away tells nobody where it was. */
        ReferrerPolicy: "no-referrer";
        /** @description No other page gets hold of the window. */
        OpenerPolicy: "same-origin";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    hello: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A greeting. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        message: "Hello, World!";
                    };
                };
            };
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    "list-posts": {
        parameters: {
            query?: {
                /**
                 * @description Only the posts of this author, without regard to case. Empty is no filter. A change may take a moment to show here.
                 * @example jane
                 */
                author?: string;
                /** @description The most items of a page. A whole number, as JavaScript's `Number()` reads it. Empty is the default. */
                limit?: components["parameters"]["PageLimit"];
                /** @description Where the page begins, from the `Link` of the page before. It has the filter in it. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of posts. */
            200: {
                headers: {
                    link: components["headers"]["Link"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"][];
                };
            };
            /** @description `limit` or `cursor` is not what it should be. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "create-post": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, best a new UUID for each item. For 24 hours the same key with the same body gets the
                 *     first answer again. In double quotes it is the same key. A comma may only stand in quotes.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPost"];
            };
        };
        responses: {
            /** @description The post. With `Idempotency-Replayed`, the one that the first request with this key made. */
            201: {
                headers: {
                    location: components["headers"]["PostLocation"];
                    etag: components["headers"]["ETag"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description The body is not JSON, or breaks the rules of a post, or `Idempotency-Key` is not one. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodedBody"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "get-post": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The post. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["Revalidate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            304: components["responses"]["ItemNotModified"];
            404: components["responses"]["PostNotFound"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "put-post": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostChanges"];
            };
        };
        responses: {
            /** @description The post as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description The body is not JSON, or breaks the rules of a post, or a condition lists more than 100 tags. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PostNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodedBody"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "delete-post": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. The answer has the post as it was. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        message: "Post deleted";
                        deleted: components["schemas"]["Post"];
                    };
                };
            };
            400: components["responses"]["TooManyTags"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PostNotFound"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "patch-post": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostPatch"];
                "application/merge-patch+json": components["schemas"]["PostPatch"];
            };
        };
        responses: {
            /** @description The post as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description The body is not JSON, or breaks the rules of a post, or a condition lists more than 100 tags. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["PostNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodedBody"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "list-tasks": {
        parameters: {
            query?: {
                /** @description The most items of a page. A whole number, as JavaScript's `Number()` reads it. Empty is the default. */
                limit?: components["parameters"]["PageLimit"];
                /** @description Where the page begins, from the `Link` of the page before. It has the filter in it. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks. */
            200: {
                headers: {
                    link: components["headers"]["Link"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"][];
                };
            };
            /** @description `limit` or `cursor` is not what it should be. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "create-task": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters, best a new UUID for each item. For 24 hours the same key with the same body gets the
                 *     first answer again. In double quotes it is the same key. A comma may only stand in quotes.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description The task. With `Idempotency-Replayed`, the one that the first request with this key made. */
            201: {
                headers: {
                    location: components["headers"]["TaskLocation"];
                    etag: components["headers"]["ETag"];
                    "idempotency-replayed": components["headers"]["IdempotencyReplayed"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The body is not JSON, or breaks the rules of a task, or `Idempotency-Key` is not one. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodedBody"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "get-task": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["Revalidate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            304: components["responses"]["ItemNotModified"];
            404: components["responses"]["TaskNotFound"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "put-task": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description The task as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The body is not JSON, or breaks the rules of a task, or a condition lists more than 100 tags. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["TaskNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodedBody"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "delete-task": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        message: "Task deleted";
                    };
                };
            };
            400: components["responses"]["TooManyTags"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["TaskNotFound"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "patch-task": {
        parameters: {
            query?: never;
            header?: {
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description A whole number in plain digits. What is none names no item. */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskPatch"];
                "application/merge-patch+json": components["schemas"]["TaskPatch"];
            };
        };
        responses: {
            /** @description The task as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The body is not JSON, or breaks the rules of a task, or a condition lists more than 100 tags. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["TaskNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodedBody"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    search: {
        parameters: {
            query?: {
                /**
                 * @description What to look for.
                 * @example react
                 */
                q?: string;
                /** @description A whole number, as JavaScript's `Number()` reads it. Empty is the default. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description `q`, or null without it. */
                        search: string | null;
                        limit: number;
                    };
                };
            };
            /** @description `limit` is not a whole number from 1 to 100. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    echo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description The body, with its keys in their order and every digit of its numbers. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The body. */
                        received: unknown;
                    };
                };
            };
            /** @description The body is not JSON. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodedBody"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    form: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["Form"];
                "multipart/form-data": components["schemas"]["Form"];
            };
        };
        responses: {
            /** @description The first of each field; null if there is none. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        title: string | null;
                        author: string | null;
                    };
                };
            };
            /** @description The body is cut off or is no form, or a field is a file. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorText"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            /** @description The body is of another type, or encoded. */
            415: {
                headers: {
                    "accept-encoding": components["headers"]["AcceptIdentity"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorText"];
                };
            };
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    "get-auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is one. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authorized"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    "post-auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token is valid. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authorized"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description `br` and `gzip` are answered compressed. */
                "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 as JSON. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    vary: components["headers"]["Vary"];
                    "content-encoding": components["headers"]["ContentEncoding"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                        info: Record<string, never>;
                        paths: Record<string, never>;
                    };
                };
            };
            304: components["responses"]["FileNotModified"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: {
                /** @description `br` and `gzip` are answered compressed. */
                "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            304: components["responses"]["PageNotModified"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    page: {
        parameters: {
            query?: never;
            header?: {
                /** @description `br` and `gzip` are answered compressed. */
                "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            304: components["responses"]["PageNotModified"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    "page-posts": {
        parameters: {
            query?: never;
            header?: {
                /** @description `br` and `gzip` are answered compressed. */
                "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            304: components["responses"]["PageNotModified"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
    "page-tasks": {
        parameters: {
            query?: never;
            header?: {
                /** @description `br` and `gzip` are answered compressed. */
                "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
                /** @description `*`, or the `ETag`s that the item may have. If it has none of them, the answer is 412. */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description `*`, or the `ETag`s that the item may not have. If it has one of them, the answer is 304 for `GET` and `HEAD`, else 412. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            304: components["responses"]["PageNotModified"];
            412: components["responses"]["PreconditionFailed"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Failed"];
        };
    };
}

/** The paths whose `POST` takes an `Idempotency-Key`: types are gone at run time. */
export const keyedPaths: readonly string[] = [
    "/api/posts",
    "/api/tasks"
];
