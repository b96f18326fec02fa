import test from 'ava'
import * as v from 'valibot'
import { pieceSize } from '../../src/injectors/piece-size.ts'

test('a piece has a byte', (t) => {
  t.is(v.parse(pieceSize, '1kB'), 1000)
  t.is(v.safeParse(pieceSize, 0).issues?.[0].message, 'expected at least one byte')
  t.is(v.safeParse(pieceSize, 'x').issues?.[0].message, 'expected a size like "20kB"')
})
