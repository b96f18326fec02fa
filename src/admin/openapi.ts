import type { JsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'

/** The control plane as an OpenAPI 3.1 document, made of the table that answers, when somebody asks for it. */
export function openapiRoute(others: readonly AdminRoute[], version: string): AdminRoute {
  let document: Promise<object> | undefined
  const own: AdminRoute = adminRoute({
    method: 'GET',
    path: '/_pipit/openapi.json',
    summary: 'This document',
    answers: { 200: 'an OpenAPI 3.1 document' },
    answer: async () => json(200, await (document ??= openapi([...others, own], version))),
  })
  return own
}

type ToSchema = (schema: GenericSchema) => JsonSchema

async function openapi(routes: readonly AdminRoute[], version: string): Promise<object> {
  const { toJsonSchema } = await import('@valibot/to-json-schema')
  // What a caller writes, before it is resolved; a check that has no words in JSON Schema is left to the answer.
  const toSchema: ToSchema = (schema) => toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' })
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route, toSchema)
  return {
    openapi: '3.1.0',
    info: { title: 'pipit', version, description: 'The control plane. Under /s/<session>/ it is that of one session.' },
    paths,
    components: {
      schemas: { Complaint: COMPLAINT },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'where PIPIT_ADMIN_TOKEN is set' } },
    },
  }
}

function operation(route: AdminRoute, toSchema: ToSchema): object {
  const statuses = { ...(route.isOpen ? {} : COMMON_ANSWERS), ...route.answers }
  return {
    summary: route.summary,
    parameters: [...pathParameters(route), ...queryParameters(route, toSchema)],
    ...(route.body && { requestBody: { content: { 'application/json': { schema: toSchema(route.body) } } } }),
    responses: Object.fromEntries(
      Object.entries(statuses).map(([status, description]) => [status, answer(Number(status), description, route)]),
    ),
    ...(route.isOpen ? {} : { security: [{}, { token: [] }] }),
  }
}

const COMMON_ANSWERS: AdminRoute['answers'] = {
  400: 'something about the request is wrong',
  401: 'the token is missing or wrong',
  403: 'the host is not trusted, or a foreign page asks',
}

const COMPLAINT = {
  type: 'object',
  properties: {
    error: { type: 'string', description: 'what is wrong, and what to do' },
    code: { type: 'string', description: 'for programs' },
  },
  required: ['error', 'code'],
}

function answer(status: number, description: string, { produces = 'application/json' }: AdminRoute): object {
  if (status === 204) return { description }
  const isComplaint = status >= 400 && status !== 503
  return {
    description,
    content: isComplaint
      ? { 'application/json': { schema: { $ref: '#/components/schemas/Complaint' } } }
      : { [produces]: {} },
  }
}

function pathParameters({ path }: AdminRoute): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

const SESSION = {
  name: 'session',
  in: 'query',
  description: 'which session, instead of a path below /s/<session>/; * for all where that makes sense',
  schema: { type: 'string', default: 'default' },
}

function queryParameters({ query, isOpen }: AdminRoute, toSchema: ToSchema): object[] {
  const own = query === undefined ? {} : toSchema(query)
  const required = own.required ?? []
  return [
    ...Object.entries(own.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      schema,
    })),
    ...(isOpen ? [] : [SESSION]),
  ]
}
