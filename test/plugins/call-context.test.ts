import test from 'ava'
import { ServiceError } from '../../src/core/errors.ts'
import { defineService } from '../../src/plugins/define-service.ts'
import { errorOf, outputOf, served } from './plugin-calls.ts'

test('an operation is told who calls, where and when', async (t) => {
  const service = defineService({
    name: 'greeter',
    operations: {
      Say: (_input, context) => ({
        Service: context.service,
        Operation: context.operation,
        Region: context.region,
        Account: context.account,
        AccessKey: context.accessKey,
        Session: context.session,
        RequestId: context.requestId,
        Url: context.url,
        Now: context.clock.nowMs(),
        IsGone: context.signal.aborted,
        Id: context.random.uuid().length,
        Method: context.exchange.request.method,
      }),
    },
  })
  const { ask, clock } = served(service)
  t.deepEqual(await outputOf(ask('Say')), {
    Service: 'greeter',
    Operation: 'Say',
    Region: 'moon-1',
    Account: '123456789012',
    AccessKey: 'key',
    Session: 'blue',
    RequestId: 'request-1',
    Url: 'http://localhost:3000/s/blue/greeter',
    Now: clock.nowMs(),
    IsGone: false,
    Id: 36,
    Method: 'POST',
  })
})

test('an error is one of the table, by its shape or code and in its words or others, or one of its own', async (t) => {
  const service = defineService({
    name: 'greeter',
    errors: { NobodyThere: { code: 'Greeter.Nobody', status: 404, message: 'There is nobody.' } },
    operations: {
      Fail: ({ code, message, status }, context) => {
        throw context.error(code as string, message as string | undefined, status as number | undefined)
      },
    },
  })
  const { ask } = served(service)
  const fail = (code: string, message?: string, status?: number): Promise<string> =>
    errorOf(ask('Fail', { code, message, status }))
  t.is(await fail('NobodyThere'), 'Greeter.Nobody 404: There is nobody.')
  t.is(await fail('Greeter.Nobody', 'Not even you.'), 'Greeter.Nobody 404: Not even you.')
  t.is(await fail('TooLoud'), 'TooLoud 400: TooLoud')
  t.is(await fail('TooLoud', 'Hush.', 503), 'TooLoud 503: Hush.')
})

const counter = defineService({
  name: 'counter',
  state: () => ({ count: 0 }),
  operations: {
    Add: ({ By }, { state, region, account, service }) => ({
      Count: (state.count += By as number),
      region,
      account,
      service,
    }),
    Refuse: (_input, context) => {
      throw context.error('Full', 'No more.', 409)
    },
  },
})

test('one service calls another in its session, for the same caller or another', async (t) => {
  const service = defineService({
    name: 'greeter',
    operations: {
      Say: async (_input, context) => {
        await context.call('counter', 'Add', { By: 2 })
        return context.call('counter', 'Add', { By: 1 }, { region: 'mars-1', account: '210987654321' })
      },
    },
  })
  const { ask } = served(service, [counter])
  t.deepEqual(await outputOf(ask('Say')), { Count: 3, region: 'mars-1', account: '210987654321', service: 'counter' })
})

test('what the other one refuses can be caught, or is the answer', async (t) => {
  const service = defineService({
    name: 'greeter',
    operations: {
      Catch: async (_input, context) => {
        try {
          return await context.call('counter', 'Refuse', {})
        } catch (error) {
          return { Refused: error instanceof ServiceError && error.error.code }
        }
      },
      Pass: (_input, context) => context.call('counter', 'Refuse', {}),
      Wrong: (_input, context) => context.call('counter', 'Sub', {}),
      Nobody: (_input, context) => context.call('s3', 'GetObject', {}),
    },
  })
  const { ask } = served(service, [counter])
  t.deepEqual(await outputOf(ask('Catch')), { Refused: 'Full' })
  t.is(await errorOf(ask('Pass')), 'Full 409: No more.')
  t.regex(await errorOf(ask('Wrong')), /^PluginFailure 500: .*counter has no operation Sub/)
  t.regex(await errorOf(ask('Nobody')), /^PluginFailure 500: .*nobody serves s3 in this session/)
})

test('services that call each other in a circle end', async (t) => {
  let calls = 0
  const circle = defineService({
    name: 'circle',
    operations: {
      Turn: (_input, context) => {
        calls++
        return context.call('circle', 'Turn', {})
      },
    },
  })
  const { ask } = served(circle)
  t.regex(await errorOf(ask('Turn')), /^PluginFailure 500: .*in a circle: 10 calls deep/)
  t.is(calls, 11)
})
