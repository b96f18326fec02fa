import test from 'ava'
import { Agenda } from '../../src/core/agenda.ts'

test('what is due comes in order of time, then of scheduling', (t) => {
  const agenda = new Agenda()
  const ran: string[] = []
  agenda.add(20, () => ran.push('late'))
  agenda.add(10, () => ran.push('first'))
  agenda.add(10, () => ran.push('second'))
  t.is(agenda.nextMs, 10)
  for (let due = agenda.takeDue(15); due !== undefined; due = agenda.takeDue(15)) due.task()
  t.deepEqual(ran, ['first', 'second'])
  t.is(agenda.nextMs, 20)
})

test('what is removed does not come; an empty agenda has no next', (t) => {
  const agenda = new Agenda()
  const entry = agenda.add(10, () => {})
  agenda.remove(entry)
  agenda.remove(entry)
  t.is(agenda.takeDue(100), undefined)
  t.is(agenda.nextMs, Infinity)
})
