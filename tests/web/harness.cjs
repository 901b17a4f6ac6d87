// Answer one question a line, for the tests; documents come as texts, so that they are read as strictly as files.
//
// node harness.cjs CHECKER < NDJSON
//   {"edition": FOLDER, "document": TEXT, "previous": TEXT | null, "parts": [TEXT…]}
//     → {"result": what check returns, "valid": {"report": …, "draft": …}}
//   {"text": TEXT} → {"value": what read returns, numbers as {"#": DIGITS}, members as sorted pairs}
//   and {"refused": …} for what is not read.

'use strict'

const fs = require('node:fs')
const path = require('node:path')
const readline = require('node:readline')
const {createChecker, breaches, read} = require(path.resolve(process.argv[2]))

const editions = new Map()

function editionAt(folder) {
  if (!editions.has(folder)) {
    const [form, rules, report, draft] = ['form.json', 'rules.json', 'report.schema.json', 'draft.schema.json']
      .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')))
    editions.set(folder, {checker: createChecker(form, rules, report, draft), report, draft})
  }
  return editions.get(folder)
}

function checked({edition, document, previous, parts}) {
  const {checker, report, draft} = editionAt(edition)
  const value = read(document)
  const others = {previous: previous === null ? undefined : read(previous), parts: parts.map(read)}
  const accepts = (schema) => breaches(schema, value).length === 0
  return {result: checker.check(value, others), valid: {report: accepts(report), draft: accepts(draft)}}
}

function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'number' || value?.units !== undefined) return {'#': String(value)}
  if (value === null || typeof value !== 'object') return value
  return {members: Object.keys(value).sort().map((key) => [key, plain(value[key])])}
}

// The questions are written in ASCII, so that no character of a document ends a line.
readline.createInterface({input: process.stdin}).on('line', (line) => {
  const question = JSON.parse(line)
  let answer
  try {
    answer = 'text' in question ? {value: plain(read(question.text))} : checked(question)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    answer = {refused: error.message}
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
})
