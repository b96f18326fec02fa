import test from 'ava'
import * as v from 'valibot'
import { checkWords, unknownWord } from '../../../src/injectors/rules/known-words.ts'
import { pattern } from '../../../src/injectors/rules/pattern.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { echo } from '../../echo-service.ts'

const words = { service: v.optional(pattern), operation: v.optional(pattern), protocol: v.optional(pattern) }
const schema = v.pipe(v.object(words), checkWords([sqs(), echo()]))

for (const [given, complaint] of [
  [{}, undefined],
  [{ operation: 'SendMessage' }, undefined],
  [{ operation: 'Say' }, undefined],
  [{ operation: ['Send*', '/^Receive/'] }, undefined],
  [{ operation: { not: 'SendMessage' } }, undefined],
  [{ service: 'echo', operation: 'Say' }, undefined],
  [{ service: { not: 'sqs' }, operation: 'Say' }, undefined],
  [{ protocol: 'awsQuery' }, undefined],
  [
    { service: 'echo', operation: 'SendMessage' },
    'operation: unknown operation "SendMessage", expected one of Say, Wait, Break',
  ],
  [{ operation: ['SendMessage', 'Recieve*'] }, 'operation: fits no operation'],
  [{ operation: { not: 'SendMesage' } }, 'operation: unknown operation "SendMesage" (did you mean "SendMessage"?)'],
  [{ service: 'sqss' }, 'service: unknown service "sqss" (did you mean "sqs"?)'],
  [{ protocol: 'awsJson1.0' }, 'protocol: unknown protocol "awsJson1.0" (did you mean "awsJson1_0"?)'],
] as const)
  test(`${JSON.stringify(given)} ${complaint === undefined ? 'can hold' : 'can never hold'}`, (t) => {
    const [issue] = v.safeParse(schema, given).issues ?? []
    t.is(issue && `${v.getDotPath(issue)}: ${issue.message}`, complaint)
  })

test('a word has its nearest one, or a list that is short', (t) => {
  t.is(unknownWord('leg', 'mok', ['client', 'mock']), 'unknown leg "mok" (did you mean "mock"?)')
  t.is(unknownWord('leg', 'zzz', ['client', 'mock']), 'unknown leg "zzz", expected one of client, mock')
  t.is(unknownWord('leg', 'zzz', []), 'unknown leg "zzz"')
})
