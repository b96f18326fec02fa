import * as v from 'valibot'
import { byteSize } from '../core/byte-size.ts'

/** How many bytes go at once. */
export const pieceSize = v.pipe(byteSize, v.minValue(1, 'expected at least one byte'))
