import test from 'ava'
import { defineInjector, type InjectionOn } from '../../src/plugins/define-injector.ts'
import { injectorNotes } from '../../src/plugins/injector-notes.ts'
import { namePlugin } from '../../src/plugins/plugin-name.ts'

const noteOf = (on?: InjectionOn): string | undefined => {
  const injector = defineInjector({ name: 'shout', ...(on && { on }), before: () => {} })
  namePlugin(injector, 'plugins/shout.injector.js')
  return injectorNotes([injector])[0]
}

test('the log says where an injector stands, and which ones wait', (t) => {
  t.is(noteOf(), 'plugins/shout.injector.js waits for a rule: do: { use: shout }')
  t.is(noteOf({}), 'plugins/shout.injector.js stands before every service, every operation')
  t.is(
    noteOf({ service: 'sqs', operation: ['Send*', 'ReceiveMessage'] }),
    'plugins/shout.injector.js stands before sqs, Send* and ReceiveMessage',
  )
})
