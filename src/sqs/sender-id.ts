import { hash } from 'node:crypto'
import { remembering } from '../core/remembering.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ID_CHARACTERS = 17
/** Test suites use a handful of keys; whoever uses more pays for a hash again. */
const MOST_REMEMBERED = 1000

/**
 * The `SenderId` of a caller. AWS answers the unique id of the IAM user, `AIDA` and 17 more, not the account: here one
 * that an access key always has.
 */
export const senderIdOf = remembering(MOST_REMEMBERED, (accessKey) => {
  let id = 'AIDA'
  for (const byte of hash('sha256', accessKey, 'buffer').subarray(0, ID_CHARACTERS)) id += ALPHABET[byte & 31]
  return id
})
