import { findSecrets } from '../redaction/find-secrets.ts'
import { REDACTED } from '../redaction/redact.ts'

/** So much of what came before tells that what comes now is a part of a secret: a private key has about 3000 bytes. */
const CONTEXT = 8192

/** The beginning of a secret that has not come whole. Its first letters, which all of its kind have, may have been shown. */
const BEGUN = /(?:AKIA|ASIA|eyJ|-----BEGIN|gh[pousr]_|github_pat_|xox[a-z]-|[sr]k_live_)[\w./+=-]{0,4096}$/

/**
 * The bytes of one direction as they may be shown: without secrets, also where one is cut into pieces. What it is given
 * must be all that crosses, in order.
 */
export class SafeBytes {
  #context = ''

  next(bytes: Buffer): Buffer {
    const before = this.#context.length
    const text = this.#context + bytes.toString('latin1')
    this.#context = text.slice(-CONTEXT)
    const begun = BEGUN.exec(text.slice(-CONTEXT))
    const secrets: { start: number; end: number }[] = findSecrets(text)
    if (begun !== null) secrets.push({ start: text.length - begun[0].length, end: text.length })
    const parts: string[] = []
    let from = before
    for (const { start, end } of secrets) {
      if (end <= from) continue
      parts.push(text.slice(from, Math.max(from, start)), REDACTED)
      from = end
    }
    if (from === before) return bytes
    return Buffer.from(parts.join('') + text.slice(from), 'latin1')
  }
}
