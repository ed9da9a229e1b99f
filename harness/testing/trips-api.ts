import { type ApiDocument, parseApiDocument } from '../contract/api-document.ts'

/**
 * An OpenAPI document with what real ones use: references, nullable types, status classes, templates that overlap.
 */
export const tripsYaml = `
openapi: 3.1.0
info: { title: Trips, version: 1.0.0 }
security: [{ bearer: [] }]
paths:
  /health:
    get:
      operationId: getHealth
      security: []
      responses:
        200: { description: Well., content: { application/json: { schema: { type: object } } } }
  /trips:
    get:
      operationId: listTrips
      x-since-phase: 2
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }
      responses:
        '200':
          description: All of them.
          content:
            application/json:
              schema:
                type: object
                additionalProperties: false
                required: [trips]
                properties: { trips: { type: array, items: { $ref: '#/components/schemas/Trip' } } }
        '401': { $ref: '#/components/responses/Refused' }
    post:
      operationId: createTrip
      x-since-phase: 2
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewTrip' } } }
      responses:
        201: { description: Made., content: { application/json: { schema: { $ref: '#/components/schemas/Trip' } } } }
        4XX: { $ref: '#/components/responses/Refused' }
  /trips/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getTrip
      x-since-phase: 2
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Trip' } } } }
        default: { $ref: '#/components/responses/Refused' }
    delete:
      operationId: deleteTrip
      x-since-phase: 2
      responses:
        '204': { description: Gone. }
        '401': { $ref: '#/components/responses/Refused' }
        '404': { $ref: '#/components/responses/Refused' }
  /trips/latest:
    get:
      operationId: getLatestTrip
      x-public: true
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Trip' } } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  responses:
    Refused:
      description: No.
      content:
        application/json:
          schema: { type: object, required: [error], properties: { error: { type: string } } }
  schemas:
    NewTrip:
      type: object
      additionalProperties: false
      required: [level]
      properties:
        id: { type: string, readOnly: true }
        level: { enum: [BLS, ALS] }
        miles: { type: integer, minimum: 0, maximum: 500 }
        note: { type: string, minLength: 1, maxLength: 20 }
    Trip:
      type: object
      additionalProperties: false
      required: [id, level, createdAt, crew, pin]
      properties:
        id: { type: string, format: uuid }
        level: { enum: [BLS, ALS, CCT] }
        createdAt: { type: string, format: date-time }
        miles: { type: [number, 'null'] }
        crew: { anyOf: [{ $ref: '#/components/schemas/Crew' }, { type: 'null' }] }
        contactEmail: { type: integer }
        code: { type: integer, x-sensitive: true }
        pin: { type: string, writeOnly: true }
    Crew:
      type: object
      additionalProperties: false
      required: [size]
      properties: { size: { type: integer } }
`

/** The document of `tripsYaml`. */
export function tripsDocument(): ApiDocument {
  return parseApiDocument(tripsYaml, 'trips.yaml')
}

/** A trip that fits its schema. */
export const trip = {
  id: '6f1c1f6e-61a5-4b58-9c77-0d4f1d1f2a11',
  level: 'BLS',
  createdAt: '2026-01-06T08:00:00.000Z',
  miles: null,
  crew: { size: 2 },
}
