import { type FileHandle, open } from 'node:fs/promises'
import { PipitError } from '../core/errors.ts'
import { harFrame } from '../monitor/har-entry.ts'
import { version } from '../version.ts'

export interface HarLimits {
  /** What waits to be written: a disk may be slower than what crosses. */
  readonly unwrittenChars: number
  /** Of the file: viewers read all of it into memory. */
  readonly fileBytes: number
}

export const HAR_LIMITS: HarLimits = { unwrittenChars: 32 * 1024 * 1024, fileBytes: 1024 * 1024 * 1024 }

/** An HTTP archive that is whole after every write, also when the process is killed: its end is written over. */
export class HarFile {
  readonly #file: FileHandle
  readonly #frame = harFrame(version())
  readonly #limits: HarLimits
  readonly #onNote: (note: string) => void
  #endsAt: number
  #isFirst = true
  #unwritten: string[] = []
  #unwrittenChars = 0
  #writing: Promise<void> | undefined
  #isFull = false

  private constructor(file: FileHandle, onNote: (note: string) => void, limits: HarLimits) {
    this.#file = file
    this.#onNote = onNote
    this.#limits = limits
    this.#endsAt = Buffer.byteLength(this.#frame.begin)
  }

  /** A new one, in the place of what was there. Throws PipitError `no-har`. */
  static async open(path: string, onNote: (note: string) => void, limits = HAR_LIMITS): Promise<HarFile> {
    try {
      const har = new HarFile(await open(path, 'w', 0o600), onNote, limits)
      await har.#file.write(har.#frame.begin + har.#frame.end, 0)
      return har
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error
      throw new PipitError('no-har', `${path} cannot be written: ${error.message}`, { cause: error })
    }
  }

  add(entry: object): void {
    if (this.#isFull) return
    const text = JSON.stringify(entry)
    if (this.#unwrittenChars + text.length > this.#limits.unwrittenChars)
      return this.#stop('the disk is too slow for it')
    this.#unwritten.push(text)
    this.#unwrittenChars += text.length
    this.#writing ??= this.#write()
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#file.close()
  }

  async #write(): Promise<void> {
    try {
      while (this.#unwritten.length > 0) {
        const text = `${this.#isFirst ? '' : ',\n'}${this.#unwritten.join(',\n')}`
        this.#unwritten = []
        this.#unwrittenChars = 0
        const bytes = Buffer.from(text + this.#frame.end)
        if (this.#endsAt + bytes.length > this.#limits.fileBytes) return this.#stop('it is as long as viewers can read')
        await writeAll(this.#file, bytes, this.#endsAt)
        this.#endsAt += bytes.length - Buffer.byteLength(this.#frame.end)
        this.#isFirst = false
      }
    } catch (error) {
      this.#stop((error as Error).message)
    } finally {
      this.#writing = undefined
    }
  }

  #stop(why: string): void {
    if (this.#isFull) return
    this.#isFull = true
    this.#unwritten = []
    this.#onNote(`the archive ends here: ${why}`)
  }
}

/** A system may take less at once than it is given. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}
