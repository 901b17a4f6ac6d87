// Check reports against one edition of the form.
//
// node run.cjs SCHEMA_DIR DOCUMENT…      SCHEMA_DIR is the folder of the edition, schema/1.0/2021
// node run.cjs SCHEMA_DIR < NDJSON       one document a line
//
// Prints for each document, on one line, what `check` in checker.js returns, and under `valid` whether the
// report and the draft schema accept it; {"error": …} for one that cannot be read. Exit code: 0 all conform,
// 1 one does not, 2 one cannot be told or read, or wrong usage.

'use strict'

const fs = require('node:fs')
const path = require('node:path')
const {createChecker, breaches, read} = require('./checker.js')

const EXITS = {conforms: 0, does_not_conform: 1, cannot_tell: 2}
const UNREADABLE = 2
const PUBLISHED = ['form.json', 'rules.json', 'report.schema.json', 'draft.schema.json']

const decoder = new TextDecoder('utf-8', {fatal: true}) // drops a byte order mark, too

function main(folder, names) {
  const [form, rules, report, draft] = PUBLISHED.map((name) =>
    JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')))
  const checker = createChecker(form, rules, report)

  function answer(bytesOf) {
    const result = {}
    try {
      const document = read(decoder.decode(bytesOf()))
      const accepts = (schema) => breaches(schema, document).length === 0
      result.valid = {report: accepts(report), draft: accepts(draft)}
      Object.assign(result, checker.check(document))
    } catch (error) {
      result.error = String(error)
    }
    process.stdout.write(`${JSON.stringify(result)}\n`)
    return result.error ? UNREADABLE : EXITS[result.verdict]
  }

  const sources = names.length ? names.map((name) => () => fs.readFileSync(name)) : lines(fs.readFileSync(0))
  if (sources.length === 0) throw new Error('There is no document to check')
  return sources.map(answer).reduce((worst, one) => Math.max(worst, one), 0)
}

function lines(bytes) {
  const found = []
  for (let start = 0, end; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(0x0a, start)
    if (end < 0) end = bytes.length
    const line = bytes.subarray(start, end)
    if (line.some((byte) => byte > 0x20)) found.push(() => line)
  }
  return found
}

const [folder, ...names] = process.argv.slice(2)
try {
  if (folder === undefined) throw new Error('Usage: node run.cjs SCHEMA_DIR [DOCUMENT…]')
  process.exitCode = main(folder, names)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = UNREADABLE
}
