import test from 'ava'
import { Turn } from '../../src/http/turn.ts'

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function watched() {
  const story: string[] = []
  const work = (item: string): string | undefined => {
    story.push(`work ${item}`)
    return item === 'later' ? undefined : item.toUpperCase()
  }
  return { story, turn: new Turn(work, (done) => void story.push(`write ${done}`)) }
}

test('what comes in one turn is all worked out before the first of it is written', async (t) => {
  const { story, turn } = watched()
  turn.add('a')
  turn.add('later')
  turn.add('b')
  t.deepEqual(story, [])
  await nextTurn()
  t.deepEqual(story, ['work a', 'work later', 'work b', 'write A', 'write B'])
})

test('what comes meanwhile has the next turn', async (t) => {
  const story: string[] = []
  const turn: Turn<string, string> = new Turn(
    (item) => {
      if (item === 'a') turn.add('b')
      return item
    },
    (done) => void story.push(done),
  )
  turn.add('a')
  await nextTurn()
  t.deepEqual(story, ['a'])
  await nextTurn()
  t.deepEqual(story, ['a', 'b'])
})

test('what was worked out elsewhere is written with the rest, also when nothing else has come', async (t) => {
  const { story, turn } = watched()
  turn.done('elsewhere')
  turn.add('a')
  await nextTurn()
  t.deepEqual(story, ['work a', 'write elsewhere', 'write A'])
  turn.done('alone')
  await nextTurn()
  t.is(story.at(-1), 'write alone')
})

test('whoever cannot wait for the end of the turn ends it', async (t) => {
  const { story, turn } = watched()
  turn.add('a')
  turn.end()
  t.deepEqual(story, ['work a', 'write A'])
  await nextTurn()
  t.is(story.length, 2)
})
