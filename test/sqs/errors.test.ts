import { readFileSync } from 'node:fs'
import test from 'ava'
import { ServiceError } from '../../src/core/errors.ts'
import { findError } from '../../src/core/find-error.ts'
import { awsJson } from '../../src/protocols/aws-json.ts'
import { awsQuery } from '../../src/protocols/aws-query.ts'
import { type SqsErrorShape, sqsError, sqsErrors } from '../../src/sqs/errors.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'
import { headersOf, request } from '../protocols/requests.ts'

const known = { errors: Object.values(sqsErrors) }

interface Recorded {
  readonly scenario: string
  readonly status: number
  readonly error: {
    readonly Code: string
    readonly Message: string
    readonly Type: string
    readonly QueryErrorCode?: string
  }
}

const recorded = errorsIn(JSON.parse(readFileSync('test/data/aws-answers.json', 'utf8')), '')

function errorsIn(value: unknown, scenario: string): Recorded[] {
  if (typeof value !== 'object' || value === null) return []
  const { Error: error, ResponseMetadata: metadata } = value as Record<string, unknown>
  const own =
    typeof error === 'object' && error !== null
      ? [
          {
            scenario,
            status: (metadata as { HTTPStatusCode: number }).HTTPStatusCode,
            error: error as Recorded['error'],
          },
        ]
      : []
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => errorsIn(inner, scenario || key))]
}

test('AWS recorded 64 errors for us to compare with', (t) => {
  t.is(recorded.length, 64)
})

test('every recorded error is answered over JSON as AWS did', (t) => {
  const protocol = awsJson(sqsShapes)
  const answers = recorded.filter(({ error }) => error.QueryErrorCode !== undefined)
  t.is(answers.length, 44)
  for (const { scenario, status, error } of answers) {
    const shape = error.QueryErrorCode as SqsErrorShape
    const own = sqsError(shape, error.Message).error
    const response = protocol.encodeResponse(
      { operation: 'SendMessage' },
      { kind: 'error', error: own },
      'r',
      request(),
    )
    const body = JSON.parse(String(response.body)) as Record<string, string>
    t.is(response.status, status, scenario)
    t.is(body['__type']?.split('#')[1], shape, scenario)
    t.is(body['message'], error.Message, scenario)
    t.is(headersOf(response)['x-amzn-query-error'], `${error.Code};${error.Type}`, scenario)
  }
})

test('every recorded error is answered over query as AWS did', (t) => {
  const protocol = awsQuery(sqsShapes)
  const answers = recorded.filter(({ error }) => error.QueryErrorCode === undefined)
  t.is(answers.length, 20)
  for (const { scenario, status, error } of answers) {
    const found = findError(known, error.Code)
    t.truthy(found, `${scenario}: ${error.Code}`)
    const shape = (found?.shape ?? '').replace(/.*#/, '') as SqsErrorShape
    // A queue that is not there is the one error whose text differs by protocol: its own text is what must come.
    const own = (shape === 'QueueDoesNotExist' ? sqsError(shape) : sqsError(shape, error.Message)).error
    const asJson = request({ rawHeaders: ['Accept', 'application/json'] })
    const response = protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'error', error: own }, 'r', asJson)
    t.is(response.status, status, scenario)
    t.deepEqual(
      JSON.parse(String(response.body)),
      { Error: { Type: error.Type, Code: error.Code, Message: error.Message, Detail: null }, RequestId: 'r' },
      scenario,
    )
  }
})

interface Model {
  readonly shapes: Readonly<Record<string, { readonly exception?: boolean }>>
}

test("every error of AWS's model is in the table, without a namespace of its own", (t) => {
  const model = JSON.parse(readFileSync('test/data/sqs-service-2.json', 'utf8')) as Model
  const modelled = Object.keys(model.shapes).filter((name) => model.shapes[name]?.exception === true)
  t.true(modelled.length > 20)
  for (const shape of modelled) t.is(sqsErrors[shape as SqsErrorShape]?.shape, shape)
  for (const error of Object.values(sqsErrors)) t.is(error.shape.includes('#'), !modelled.includes(error.shape))
})

for (const [shape, code, status, fault] of [
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', 400, 'Sender'],
  ['PurgeQueueInProgress', 'AWS.SimpleQueueService.PurgeQueueInProgress', 403, 'Sender'],
  ['OverLimit', 'OverLimit', 403, 'Sender'],
  ['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid', 404, 'Sender'],
  ['InvalidAddress', 'InvalidAddress', 404, 'Sender'],
  ['RequestThrottled', 'RequestThrottled', 403, 'Sender'],
  ['KmsAccessDenied', 'KMS.AccessDeniedException', 400, 'Sender'],
  ['KmsThrottled', 'KMS.ThrottlingException', 400, 'Sender'],
  ['KmsOptInRequired', 'KMS.OptInRequired', 403, 'Sender'],
  ['InternalFailure', 'InternalFailure', 500, 'Receiver'],
  ['ServiceUnavailableException', 'ServiceUnavailable', 503, 'Receiver'],
] as const)
  test(`${shape} is ${code}, ${status}, the ${fault.toLowerCase()}'s`, (t) => {
    const { error } = sqsError(shape)
    t.like(error, { code, status, fault })
    t.not(error.message, '')
  })

test('an error is found by shape, by shape with namespace and by code', (t) => {
  for (const [name, error] of Object.entries(sqsErrors)) {
    t.is(findError(known, name), error)
    t.is(findError(known, error.shape), error)
    t.is(findError(known, error.code), error, 'no two errors have one code')
  }
  t.is(findError(known, 'Nope'), undefined)
  t.is(findError(known, 'constructor'), undefined)
})

test('a text of its own is said in both protocols, and another status stays', (t) => {
  const own = sqsError('QueueDoesNotExist', 'Gone.')
  t.true(own instanceof ServiceError)
  t.is(own.error.message, 'Gone.')
  t.is(own.error.query, undefined)
  t.deepEqual(sqsError('AccessDeniedException', 'No.').error.query, { status: 403 })
})

test("the table's text, given as a text, keeps its other wording in query", (t) => {
  t.is(
    sqsError('QueueDoesNotExist', 'The specified queue does not exist.').error.query?.message,
    'The specified queue does not exist for this wsdl version.',
  )
})
