internal import HTTPTypes
internal import NIOCore
internal import Tapes

@testable internal import Conformance

/// A small document with an operation of each sort.
enum SmallSpecification {
    static let text = """
        openapi: 3.1.0
        info: {title: Small API, version: '1'}
        paths:
          /models/count:
            parameters:
              - $ref: '#/components/parameters/Modalities'
            get:
              operationId: countModels
              responses:
                '200':
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [data]
                        properties:
                          data: {$ref: '#/components/schemas/Count'}
          /things:
            post:
              operationId: makeThing
              requestBody:
                content:
                  application/json:
                    schema: {type: object, required: [name], properties: {name: {type: string, example: lamp}}}
              responses:
                '201': {$ref: '#/components/responses/Thing'}
                4XX:
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [error]
                        properties: {error: {not: {type: object, required: [name]}}}
          /things/{id}:
            get:
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}, example: t-0}
              responses:
                '200': {$ref: '#/components/responses/Thing'}
                '404': {content: {application/json: {schema: {type: object}}}}
            delete:
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}}
              responses:
                '204': {description: Gone.}
          /stream:
            get:
              responses:
                '200':
                  content:
                    text/event-stream:
                      x-speakeasy-sse-sentinel: '[DONE]'
                      schema:
                        type: object
                        required: [data, event]
                        properties:
                          event: {type: string}
                          data: {type: object, required: [n], properties: {n: {type: integer}}}
                    audio/*: {schema: {type: string, format: binary}}
        components:
          parameters:
            Modalities: {name: output_modalities, in: query, schema: {type: string}}
          responses:
            Thing:
              content:
                application/json:
                  schema:
                    type: object
                    required: [id, name]
                    properties: {id: {type: string}, name: {type: string}}
          schemas:
            Count: {type: object, required: [count], properties: {count: {type: integer, multipleOf: 1}}}
        """

    static func make(_ text: String = text) throws -> OpenAPIDocument {
        try OpenAPIDocument(parsing: Array(text.utf8), file: "small.yaml")
    }
}

extension Tape {
    /// A whole answer of one frame.
    static func make(_ status: Int, _ type: String?, _ body: String = "") -> Tape {
        var fields: HTTPFields = [:]
        fields[.contentType] = type
        let head = ResponseHead(status: HTTPResponse.Status(code: status), fields: fields)
        return Tape(head: head, frames: body.isEmpty ? [] : [Frame(body)], origin: Origin(.synthetic(seed: 0)))
    }

    static func json(_ body: String, status: Int = 200) -> Tape {
        make(status, "application/json; charset=utf-8", body)
    }

    static let unknownOperation = json(#"{"error":{"message":"Not Found","code":404}}"#, status: 404)
}
