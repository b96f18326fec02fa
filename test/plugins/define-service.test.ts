import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import type { Call } from '../../src/core/exchange.ts'
import { type ServiceDefinition, defineService } from '../../src/plugins/define-service.ts'
import { shape } from '../../src/plugins/shape.ts'
import { decoded, form, request } from '../protocols/requests.ts'

const greeter = defineService({ name: 'greeter', operations: { Say: ({ Name }) => ({ Greeting: `Hello ${Name}` }) } })

test('a name and operations are enough: both protocols, its path and its signing name follow', (t) => {
  t.like(greeter, { name: 'greeter', signingName: 'greeter', operations: ['Say'], minted: {} })
  const [asJson, asQuery] = greeter.protocols
  const target = request({ rawHeaders: ['X-Amz-Target', 'greeter.Say'], body: '{"Name":"Ada"}' })
  t.true(asJson?.claims(target))
  t.deepEqual(decoded(asJson?.decodeRequest(target, '') as Call).input, { Name: 'Ada' })
  t.deepEqual(decoded(asQuery?.decodeRequest(form('Action=Say&Name=Ada'), '') as Call).input, { Name: 'Ada' })
})

test('everything else can be said', (t) => {
  const service = defineService({
    name: 'sns',
    signingName: 'notifications',
    targetPrefix: 'AmazonSNS',
    namespace: 'com.amazonaws.sns',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    protocols: ['query', 'json'],
    errors: {
      NotFoundException: { code: 'NotFound', status: 404, message: 'Topic does not exist' },
      Plain: {},
      Busy: { status: 503 },
    },
    minted: { MessageId: 'messageId' },
    operations: {
      CreateTopic: {
        input: shape.structure({ Name: shape.string }),
        output: shape.structure({ TopicArn: shape.string }),
        run: () => ({ TopicArn: 'arn' }),
      },
    },
  })
  t.is(service.signingName, 'notifications')
  const [query, asJson] = service.protocols
  t.is(query?.name, 'awsQuery')
  t.true(asJson?.claims(request({ rawHeaders: ['x-amz-target', 'AmazonSNS.CreateTopic'] })))
  const xml = query?.encodeResponse(
    { operation: 'CreateTopic' },
    { kind: 'output', output: { TopicArn: 'arn' } },
    'r',
    request(),
  )
  t.is(
    xml?.body,
    '<?xml version="1.0"?><CreateTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><CreateTopicResult>' +
      '<TopicArn>arn</TopicArn></CreateTopicResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></CreateTopicResponse>',
  )
  t.deepEqual(service.errors.slice(0, 3), [
    { shape: 'NotFoundException', code: 'NotFound', status: 404, fault: 'Sender', message: 'Topic does not exist' },
    { shape: 'Plain', code: 'Plain', status: 400, fault: 'Sender', message: 'Plain' },
    { shape: 'Busy', code: 'Busy', status: 503, fault: 'Receiver', message: 'Busy' },
  ])
  t.deepEqual(service.minted, { MessageId: 'messageId' })
})

test('every service has the errors that AWS answers in front of one, and none of them twice', (t) => {
  const codes = greeter.errors.map(({ code }) => code)
  for (const code of ['MissingParameter', 'ThrottlingException', 'AccessDenied', 'ServiceUnavailable'])
    t.true(codes.includes(code), code)
  const own = defineService({
    name: 'x',
    errors: { Mine: { code: 'MissingParameter' } },
    operations: { Say: () => ({}) },
  })
  t.is(own.errors.filter(({ code }) => code === 'MissingParameter').length, 1)
})

test('a description is a courtesy: one that fails says so', (t) => {
  const operations = { Say: () => ({}) }
  const call = { operation: 'Say', input: { Name: 'Ada' } } as unknown as Call
  const described = defineService({
    name: 'x',
    operations,
    describe: ({ input }, output) => ({
      resource: input['Name'] as string,
      detail: output === undefined ? 'failed' : 'said',
    }),
  })
  t.deepEqual(described.describe?.(call, { kind: 'output', output: {} }), { resource: 'Ada', detail: 'said' })
  t.deepEqual(described.describe?.(call, undefined), { resource: 'Ada', detail: 'failed' })
  const broken = defineService({ name: 'x', operations, describe: () => JSON.parse('{') as never })
  t.regex(broken.describe?.(call, undefined).detail ?? '', /^describe threw SyntaxError/)
  t.false('describe' in defineService({ name: 'x', operations }))
})

test('it may say what its calls are about, and how they stand to each other', (t) => {
  const call = { operation: 'Say', input: { Name: 'Ada' } } as unknown as Call
  const told = defineService({
    name: 'x',
    operations: { Say: () => ({}) },
    subjects: ({ input }) => [`name:${String(input['Name'])}`],
    roles: { Say: { kind: 'make', id: 'Id', content: 'Name' } },
  })
  t.deepEqual(told.subjects?.(call), ['name:Ada'])
  t.deepEqual(told.recordable?.roles, { Say: { kind: 'make', id: 'Id', content: 'Name' } })
  t.deepEqual(told.recordable?.plainInput(call, {} as never), { Name: 'Ada' })
  const broken = defineService({ name: 'x', operations: { Say: () => ({}) }, subjects: () => JSON.parse('{') as never })
  t.deepEqual(broken.subjects?.(call), [])
  t.false('subjects' in greeter || 'recordable' in greeter)
})

test('it may bring resources of the control plane', (t) => {
  const route = {
    method: 'GET',
    path: '/_pipit/x/cert',
    summary: 'a certificate',
    answers: {},
    answer: () => ({ status: 200, rawHeaders: [], body: '' }),
  } as const
  const service = defineService({ name: 'x', operations: { Say: () => ({}) }, adminRoutes: [route] })
  t.deepEqual(service.adminRoutes?.({} as never), [route])
  t.false('adminRoutes' in greeter)
})

for (const [definition, complaint] of [
  [undefined, 'expected a mapping'],
  [{}, 'name: missing'],
  [
    { name: 'Greeter', operations: { Say: () => ({}) } },
    'name: expected a name of lower-case letters, digits and dashes, like "greeter"',
  ],
  [{ name: 'x' }, 'operations: missing'],
  [{ name: 'x', operations: {} }, 'operations: expected an operation, at least'],
  [{ name: 'x', operations: { Say: 7 } }, 'operations.Say: expected a function, or { input, output, run }'],
  [
    { name: 'x', operations: { Say: { ran: () => ({}) } } },
    'operations.Say: expected a function, or { input, output, run }',
  ],
  [
    { name: 'x', operations: { Say: () => ({}) }, protocol: ['json'] },
    'protocol: unknown key (did you mean "protocols"?)',
  ],
  [{ name: 'x', operations: { Say: () => ({}) }, protocols: ['xml'] }, 'protocols.0: expected "json" or "query"'],
  [{ name: 'x', operations: { Say: () => ({}) }, state: {} }, 'state: expected a function'],
] as const)
  test(`${JSON.stringify(definition)} is refused: ${complaint}`, (t) => {
    t.throws(() => defineService(definition as unknown as ServiceDefinition), {
      instanceOf: PipitError,
      message: `defineService: ${complaint}`,
    })
  })
