/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** `message` where the stream does not say. */
  readonly event: string
  readonly data: string
  readonly id: string | undefined
}

/** An event that never ends is no event. */
const LONGEST_EVENT = 16 * 1024 * 1024

/** Reads a stream of server-sent events, as the HTML standard has them: comments are skipped, data may have lines. */
export async function* events(chunks: AsyncIterable<Buffer>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true })
    for (let end = text.search(/\r?\n\r?\n/); end >= 0; end = text.search(/\r?\n\r?\n/)) {
      const event = readEvent(text.slice(0, end))
      text = text.slice(end).replace(/^\r?\n\r?\n/, '')
      if (event !== undefined) yield event
    }
    if (text.length > LONGEST_EVENT) throw new RangeError(`an event of more than ${LONGEST_EVENT} characters`)
  }
}

function readEvent(block: string): ServerSentEvent | undefined {
  const data: string[] = []
  let event = 'message'
  let id: string | undefined
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon === 0) continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id') id = value
  }
  return data.length === 0 ? undefined : { event, data: data.join('\n'), id }
}
