// Check reports against one edition of the form.
//
// node run.cjs EDITION_DIR DOCUMENT…     EDITION_DIR holds the published files, schema/1.0/2021
// node run.cjs EDITION_DIR < NDJSON      one document a line; each line is answered as it comes
// node run.cjs EDITION_DIR [--previous FILE] [--parts] DOCUMENT [PART…]
//                                        held against last year's report, if there is one, and those of the bodies it covers
//
// Prints for each document, on one line, what `check` of checker.js returns, with `valid`: whether the report and the draft
// schema accept it. {"error": …} stands where there is no such result. Exit code: 0 all conform, 1 one does not, 2 one cannot
// be told or read, or wrong usage.

'use strict'

const fs = require('node:fs')
const path = require('node:path')
const {parseArgs} = require('node:util')
const {createChecker, breaches, read} = require('./checker.js')

const EXITS = {conforms: 0, does_not_conform: 1, cannot_tell: 2}
const UNUSABLE = 2
const PUBLISHED = ['form.json', 'rules.json', 'report.schema.json', 'draft.schema.json']
const OPTIONS = {previous: {type: 'string'}, parts: {type: 'boolean', default: false}}
const USAGE = 'Usage: node run.cjs EDITION_DIR [[--previous FILE] [--parts] DOCUMENT [PART…] | DOCUMENT… | < NDJSON]'

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})

function readFile(name) {
  return readBytes(fs.readFileSync(name))
}

function readBytes(bytes) {
  return read(utf8.decode(bytes))
}

/** Return the function that prints the answer on one document and says which exit code it asks for. */
function answerer(folder, others) {
  const [form, rules, report, draft] = PUBLISHED.map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')))
  const checker = createChecker(form, rules, report, draft)
  const accepts = (schema, document) => breaches(schema, document).length === 0

  return (get) => {
    const answer = {}
    try {
      const document = get()
      answer.valid = {report: accepts(report, document), draft: accepts(draft, document)}
      if (document === null || typeof document !== 'object' || Array.isArray(document)) throw new TypeError('A report is an object')
      Object.assign(answer, checker.check(document, others))
    } catch (error) {
      answer.error = error.message
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`)
    return EXITS[answer.verdict] ?? UNUSABLE
  }
}

/** Yield each line of a stream as soon as it is whole. A report may hold U+2028, which node:readline takes for a line's end. */
async function* lines(stream) {
  let pieces = []
  for await (const chunk of stream) {
    let start = 0
    for (let end; (end = chunk.indexOf(0x0a, start)) >= 0; start = end + 1) {
      yield Buffer.concat([...pieces, chunk.subarray(start, end)])
      pieces = []
    }
    pieces.push(chunk.subarray(start))
  }
  const rest = Buffer.concat(pieces)
  if (rest.length) yield rest
}

async function main() {
  const {values, positionals: [folder, ...given]} = parseArgs({options: OPTIONS, allowPositionals: true})
  const names = values.parts ? given.slice(0, 1) : given
  const alone = values.previous === undefined && !values.parts
  if (folder === undefined || (!alone && names.length !== 1)) throw new Error(USAGE)
  const previous = values.previous ? readFile(values.previous) : undefined  // empty: there is none
  const answer = answerer(folder, {previous, parts: values.parts ? given.slice(1).map(readFile) : []})
  const exits = new Set(names.map((name) => answer(() => readFile(name))))
  if (!names.length) for await (const line of lines(process.stdin)) exits.add(answer(() => readBytes(line)))
  if (!exits.size) throw new Error('There is no document to check')
  return Math.max(...exits)
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  return UNUSABLE
}).then((code) => { process.exitCode = code })
