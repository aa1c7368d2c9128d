/** Made from routelet/tests/openapi.yaml by `npm run types`. */

export interface paths {
    "/greeting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Greet */
        get: operations["fixture-greet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fail */
        get: operations["fixture-fail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/echo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get back what was sent */
        post: operations["fixture-echo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a form */
        post: operations["fixture-read-form"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List books */
        get: operations["fixture-list-books"];
        put?: never;
        /** Create a book */
        post: operations["fixture-create-book"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/books/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count books */
        get: operations["fixture-count-books"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/books/{id}": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get a book */
        get: operations["fixture-get-book"];
        /** Replace a book */
        put: operations["fixture-put-book"];
        post?: never;
        /** Delete a book */
        delete: operations["fixture-delete-book"];
        options?: never;
        head?: never;
        /** Change a book by a JSON Merge Patch */
        patch: operations["fixture-patch-book"];
        trace?: never;
    };
    "/books/{id}/exists": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Ask whether there is a book */
        get: operations["fixture-find-book"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List labels */
        get: operations["fixture-list-labels"];
        put?: never;
        /** Create a label */
        post: operations["fixture-create-label"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels/{id}": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get a label */
        get: operations["fixture-get-label"];
        /** Replace a label */
        put: operations["fixture-put-label"];
        post?: never;
        /** Delete a label */
        delete: operations["fixture-delete-label"];
        options?: never;
        head?: never;
        /** Change a label by a JSON Merge Patch */
        patch: operations["fixture-patch-label"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Message: {
            message: string;
        };
        Form: {
            title?: string;
            author?: string;
        };
        FormFields: {
            title: string | null;
            author: string | null;
        };
        Id: number;
        /** Format: date-time */
        Timestamp: string;
        Title: string;
        Author: string;
        Content: string;
        Note: string;
        Pages: number;
        Rating: number;
        /** Format: date-time */
        GivenTime: string;
        /** @enum {unknown} */
        Format: "hardcover" | "paperback" | "e-book";
        Tags: string[];
        Publisher: {
            name: string;
            city: string | null;
        };
        NewPublisher: {
            name: string;
            city?: string;
        };
        Year: number;
        Editions: {
            year: components["schemas"]["Year"];
            format: components["schemas"]["Format"] | null;
        }[];
        NewEditions: {
            year: components["schemas"]["Year"];
            format?: components["schemas"]["Format"];
        }[];
        Remark: string;
        Book: {
            id: components["schemas"]["Id"];
            title: components["schemas"]["Title"];
            author: components["schemas"]["Author"];
            content: components["schemas"]["Content"] | null;
            available: boolean;
            pages: components["schemas"]["Pages"] | null;
            rating: components["schemas"]["Rating"] | null;
            publishedAt: components["schemas"]["Timestamp"] | null;
            format: components["schemas"]["Format"] | null;
            tags: components["schemas"]["Tags"];
            publisher: components["schemas"]["Publisher"] | null;
            editions: components["schemas"]["Editions"] | null;
            remark: components["schemas"]["Remark"] | null;
            createdAt: components["schemas"]["Timestamp"];
        };
        NewBook: {
            title: components["schemas"]["Title"];
            author: components["schemas"]["Author"];
            content?: components["schemas"]["Content"];
            available?: boolean;
            pages?: components["schemas"]["Pages"];
            rating?: components["schemas"]["Rating"];
            publishedAt?: components["schemas"]["GivenTime"];
            format?: components["schemas"]["Format"];
            tags?: components["schemas"]["Tags"];
            publisher?: components["schemas"]["NewPublisher"];
            editions?: components["schemas"]["NewEditions"];
            remark?: components["schemas"]["Remark"] | null;
        };
        BookPatch: {
            title?: components["schemas"]["Title"];
            author?: components["schemas"]["Author"];
            content?: components["schemas"]["Content"] | null;
            available?: boolean;
            pages?: components["schemas"]["Pages"] | null;
            rating?: components["schemas"]["Rating"] | null;
            publishedAt?: components["schemas"]["GivenTime"] | null;
            format?: components["schemas"]["Format"] | null;
            tags?: components["schemas"]["Tags"];
            publisher?: components["schemas"]["NewPublisher"] | null;
            editions?: components["schemas"]["NewEditions"] | null;
            remark?: components["schemas"]["Remark"] | null;
        };
        DeletedBook: {
            /** @constant */
            message: "Book deleted";
            deleted: components["schemas"]["Book"];
        };
        Label: {
            id: components["schemas"]["Id"];
            title: components["schemas"]["Title"];
            note: components["schemas"]["Note"] | null;
            createdAt: components["schemas"]["Timestamp"];
        };
        NewLabel: {
            title: components["schemas"]["Title"];
            note?: components["schemas"]["Note"];
        };
        LabelPatch: {
            title?: components["schemas"]["Title"];
            note?: components["schemas"]["Note"] | null;
        };
        DeletedLabel: {
            /** @constant */
            message: "Label deleted";
        };
        Count: {
            count: number;
            more: boolean;
        };
        Error: {
            error: string | components["schemas"]["Issue"][];
        };
        Issue: {
            code: string;
            path: (string | number)[];
            message: string;
        };
    };
    responses: {
        /** @description The item is as the caller has it. */
        NotModified: {
            headers: {
                etag: components["headers"]["ETag"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["Revalidate"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The body, a parameter or a header is not what it should be. */
        Refused: {
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
                "application/json": {
                    /** @constant */
                    error: "Unauthorized";
                };
            };
        };
        /** @description There is no such book. */
        BookNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    error: "Book not found";
                };
            };
        };
        /** @description There is no such label. */
        LabelNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    error: "Label not found";
                };
            };
        };
        /** @description The item is not as `If-Match` or `If-None-Match` asks. */
        PreconditionFailed: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    error: "Precondition failed";
                };
            };
        };
        /** @description The body is too large, or what would be answered to it. */
        TooLarge: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    error: "Request body exceeds 1048576 bytes" | "The answer to this request would be too large" | "The item would be too large";
                };
            };
        };
        /** @description The body is encoded, or of another type. */
        Unsupported: {
            headers: {
                "accept-encoding": components["headers"]["AcceptIdentity"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
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
                "application/json": {
                    /** @constant */
                    error: "Idempotency-Key was used with another body before";
                };
            };
        };
        /** @description Something failed that the caller can't mend. */
        Failed: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    error: string;
                };
            };
        };
        /** @description The database was throttled, slow or not reached. */
        Unavailable: {
            headers: {
                "retry-after": components["headers"]["RetryAfter"];
                "x-request-id": components["headers"]["RequestId"];
                "x-content-type-options": components["headers"]["NoSniff"];
                "cache-control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    error: "Temporarily unavailable";
                };
            };
        };
        /** @description Nothing was changed, or the outcome is not known. */
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
        Id: components["schemas"]["Id"];
        Limit: number;
        Cursor: string;
        IdempotencyKey: string;
        IfMatch: string;
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        RequestId: string;
        NoSniff: "nosniff";
        NoStore: "no-store";
        Revalidate: "private, no-cache";
        ETag: string;
        Link: string;
        BookLocation: string;
        LabelLocation: string;
        Replayed: "true";
        RetryAfter: number;
        WwwAuthenticate: "Bearer" | "Bearer error=\"invalid_token\"";
        AcceptIdentity: "identity";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "fixture-greet": {
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
                    "application/json": components["schemas"]["Message"];
                };
            };
            500: components["responses"]["Failed"];
        };
    };
    "fixture-fail": {
        parameters: {
            query?: {
                how?: "panic" | "error" | "wait";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing failed. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fixture-echo": {
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
            /** @description The body. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        received: unknown;
                    };
                };
            };
            400: components["responses"]["Refused"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            500: components["responses"]["Failed"];
        };
    };
    "fixture-read-form": {
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
                    "application/json": components["schemas"]["FormFields"];
                };
            };
            400: components["responses"]["Refused"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            500: components["responses"]["Failed"];
        };
    };
    "fixture-list-books": {
        parameters: {
            query?: {
                author?: string;
                available?: boolean;
                pages?: number;
                format?: components["schemas"]["Format"];
                limit?: components["parameters"]["Limit"];
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of books. */
            200: {
                headers: {
                    link: components["headers"]["Link"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"][];
                };
            };
            400: components["responses"]["Refused"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fixture-create-book": {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBook"];
            };
        };
        responses: {
            /** @description The book. */
            201: {
                headers: {
                    location: components["headers"]["BookLocation"];
                    etag: components["headers"]["ETag"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["KeyReused"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "fixture-count-books": {
        parameters: {
            query?: {
                author?: string;
                available?: boolean;
                pages?: number;
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many there are. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Count"];
                };
            };
            400: components["responses"]["Refused"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fixture-get-book": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The book. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["Revalidate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["BookNotFound"];
            412: components["responses"]["PreconditionFailed"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fixture-put-book": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBook"];
            };
        };
        responses: {
            /** @description The book as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["BookNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "fixture-delete-book": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
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
                    "application/json": components["schemas"]["DeletedBook"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["BookNotFound"];
            412: components["responses"]["PreconditionFailed"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "fixture-patch-book": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookPatch"];
            };
        };
        responses: {
            /** @description The book as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Book"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["BookNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "fixture-find-book": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether there is. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exists: boolean;
                    };
                };
            };
            404: components["responses"]["BookNotFound"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fixture-list-labels": {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of labels. */
            200: {
                headers: {
                    link: components["headers"]["Link"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"][];
                };
            };
            400: components["responses"]["Refused"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fixture-create-label": {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLabel"];
            };
        };
        responses: {
            /** @description The label. */
            201: {
                headers: {
                    location: components["headers"]["LabelLocation"];
                    etag: components["headers"]["ETag"];
                    "idempotency-replayed": components["headers"]["Replayed"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            400: components["responses"]["Refused"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            422: components["responses"]["KeyReused"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "fixture-get-label": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The label. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["Revalidate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["LabelNotFound"];
            412: components["responses"]["PreconditionFailed"];
            500: components["responses"]["Failed"];
            503: components["responses"]["Unavailable"];
        };
    };
    "fixture-put-label": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLabel"];
            };
        };
        responses: {
            /** @description The label as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["LabelNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "fixture-delete-label": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
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
                    "application/json": components["schemas"]["DeletedLabel"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["LabelNotFound"];
            412: components["responses"]["PreconditionFailed"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
    "fixture-patch-label": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: components["parameters"]["IfMatch"];
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelPatch"];
            };
        };
        responses: {
            /** @description The label as it is now. */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    "x-request-id": components["headers"]["RequestId"];
                    "x-content-type-options": components["headers"]["NoSniff"];
                    "cache-control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["LabelNotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["Unsupported"];
            500: components["responses"]["Failed"];
            503: components["responses"]["UnavailableOrUnsure"];
        };
    };
}

/** The paths whose `POST` takes an `Idempotency-Key`: types are gone at run time. */
export const keyedPaths: readonly string[] = [
    "/books",
    "/labels"
];
