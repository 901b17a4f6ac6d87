// Check a report against one edition of the official form: its structure, its rules, a verdict.
//
// Written from the published text alone, “规则的写法” and “细节 · The details” of schema/README.md. It needs nothing else and
// runs in Node (require or import) and as a plain script in a browser, where `disclosureSpec` holds what it offers.

'use strict'

{
  /**
   * @typedef {{zh: string, en: string}} Wording
   * @typedef {{pointer: string, keyword: string}} Breach
   * @typedef {{rule: string, severity: string, pointers: string[], keyword: string | null, message: Wording}} Finding
   * @typedef {{verdict: string, rules: {id: string, status: string, reason: string | null}[], findings: Finding[]}} Result
   * @typedef {{status: string, reason?: string, pointers?: string[], keyword?: string, fields?: object}} Outcome
   */

  // ---- Numbers

  /** An exact decimal, units × 10^-places, without zeros at the end: 12.50 is 125 × 10^-1. */
  class Decimal {
    constructor(units, places = 0) {
      if (places < 0) units *= 10n ** BigInt(-places)
      for (; places > 0 && units % 10n === 0n; places--) units /= 10n
      this.units = units
      this.places = Math.max(places, 0)
    }

    static sum(decimals) {
      const places = Math.max(0, ...decimals.map((one) => one.places))
      return new Decimal(decimals.reduce((total, one) => total + one.scaled(places), 0n), places)
    }

    times(integer) {
      return new Decimal(this.units * BigInt(integer), this.places)
    }

    scaled(places) {
      return places === this.places ? this.units : this.units * 10n ** BigInt(places - this.places)
    }

    /** Below, at or above 0, as this is to the other. */
    compare(other) {
      const places = Math.max(this.places, other.places)
      const [one, two] = [this.scaled(places), other.scaled(places)]
      return one < two ? -1 : Number(one > two)
    }

    toString() {
      const digits = String(this.units).replace('-', '').padStart(this.places + 1, '0')
      const point = digits.length - this.places
      return (this.units < 0n ? '-' : '') + digits.slice(0, point) + (this.places ? `.${digits.slice(point)}` : '')
    }
  }

  const NUMBER = /-?(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?/y
  const MOST = {digits: 30, exponent: 30, levels: 32, characters: 100, bytes: 5_000_000}

  function decimalOf(token) {
    NUMBER.lastIndex = 0
    const [, whole, fraction = '', exponent = 0] = NUMBER.exec(token)
    const places = fraction.length - Number(exponent)
    const before = (whole + fraction).replace(/^0+(?=\d)/, '').length - places
    if (token.length > MOST.characters || Math.abs(exponent) > MOST.exponent || Math.max(before, places) > MOST.digits) {
      throw new SyntaxError(`The number ${token.slice(0, 80)} is too long`)
    }
    return new Decimal(BigInt((token.startsWith('-') ? '-' : '') + whole + fraction), places)
  }

  /** The exact number a value is, or undefined. A number of JavaScript must be one that has lost nothing. */
  function exact(value) {
    if (value instanceof Decimal) return value
    if (typeof value !== 'number') return undefined
    if (Number.isSafeInteger(value)) return new Decimal(BigInt(value))
    const digits = String(value).replace(/e.*|\D/g, '').replace(/^0+/, '')
    if (Number.isInteger(value) || !Number.isFinite(value) || digits.length > 15) {
      throw new RangeError(`${value} may have lost digits; read the document with read()`)
    }
    return decimalOf(String(value))
  }

  // ---- Reading

  const SPACE = /[ \t\n\r]*/y
  const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
  const CONSTANT = /true|false|null/y

  /**
   * Read strict JSON. A safe integer becomes a number, any other number a Decimal; objects have no prototype.
   * @param {string} text
   * @throws {SyntaxError} for what is no JSON, repeats a key, holds half a character or exceeds a limit
   */
  function read(text) {
    let at = 0
    const refuse = (why) => { throw new SyntaxError(`${why}, at character ${at + 1}`) }
    const take = (pattern) => {
      pattern.lastIndex = at
      const [token] = pattern.exec(text) ?? []
      at += token?.length ?? 0
      return token
    }
    const next = () => { take(SPACE); return text[at] }
    const skip = (character) => next() === character && Boolean(++at)
    const need = (character) => skip(character) || refuse(`There should be a ${character}`)

    function value(level) {
      if (level > MOST.levels && '[{'.includes(next() ?? ' ')) refuse('Nested too deep')
      if (skip('{')) return object(level)
      if (skip('[')) return array(level)
      if (text[at] === '"') return string()
      const token = take(NUMBER)
      return token === undefined ? JSON.parse(take(CONSTANT) ?? refuse('This is no JSON')) : number(token)
    }
    function number(token) {
      const decimal = decimalOf(token)
      return decimal.places === 0 && Number.isSafeInteger(Number(decimal.units)) ? Number(decimal.units) : decimal
    }
    function string() {
      const token = JSON.parse(take(STRING) ?? refuse('There should be a text in double quotes'))
      return /\p{Surrogate}/u.test(token) ? refuse('Half a character') : token
    }
    function array(level) {
      const items = []
      if (skip(']')) return items
      do items.push(value(level + 1)); while (skip(','))
      return need(']') && items
    }
    function object(level) {
      const members = Object.create(null) // __proto__ is a key like any other
      if (skip('}')) return members
      do {
        next()
        const key = string()
        if (key in members) refuse(`The key ${JSON.stringify(key)} is there twice`)
        need(':')
        members[key] = value(level + 1)
      } while (skip(','))
      return need('}') && members
    }

    if (new TextEncoder().encode(text).length > MOST.bytes) refuse('Too long')
    if (text.startsWith('\ufeff')) at = 1
    const document = value(1)
    return next() === undefined ? document : refuse('Something follows the document')
  }

  // ---- Structure

  function typeOf(value) {
    if (value === null) return 'null'
    if (Array.isArray(value)) return 'array'
    return value instanceof Decimal ? 'number' : typeof value
  }

  const has = (value, key) => typeOf(value) === 'object' && Object.hasOwn(value, key)
  const characters = (text) => [...text]
  const expression = memoized((pattern) => new RegExp(pattern, 'u'))
  const ifText = (holds) => (value, limit) => typeof value !== 'string' || holds(value, limit)
  const ifNumber = (holds) => (value, limit) => !exact(value) || holds(exact(value).compare(exact(limit)))
  const isOf = (type, value) => type === 'integer' ? exact(value)?.places === 0 : type === typeOf(value)

  // In this order: of several keywords broken at one place the first is named.
  const KEYWORDS = Object.entries({
    type: (value, types) => [types].flat().some((type) => isOf(type, value)),
    const: (value, constant) => value === constant,
    enum: (value, choices) => choices.includes(value),
    minLength: ifText((text, limit) => characters(text).length >= limit),
    maxLength: ifText((text, limit) => characters(text).length <= limit),
    pattern: ifText((text, pattern) => expression(pattern).test(text)),
    minimum: ifNumber((order) => order >= 0),
    maximum: ifNumber((order) => order <= 0)
  })
  const TOLD_BETTER = ['type', 'minimum', 'maximum']
  const brokenBy = (value, schema) => KEYWORDS.find(([keyword, holds]) => keyword in schema && !holds(value, schema[keyword]))?.[0]

  function memoized(make) {
    const made = new Map()
    return (key) => made.has(key) ? made.get(key) : made.set(key, make(key)).get(key)
  }

  const keysOf = memoized((pointer) => pointer.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')))
  const below = (pointer, key) => `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

  function byCodePoint(left, right) {
    const [one, other] = [left, right].map(characters)
    const at = one.findIndex((character, index) => character !== other[index])
    return at < 0 ? -1 : one[at].codePointAt(0) - (other[at]?.codePointAt(0) ?? -1)
  }

  function resolved(part, schema) {
    while (part.$ref) part = keysOf(part.$ref).reduce((inner, key) => inner[key], schema)
    return part
  }

  /**
   * Name the places at which a document breaks a schema of the portable subset, in the order of the schema.
   * @returns {Breach[]}
   */
  function breaches(schema, document) {
    const found = []
    function visit(reference, value, pointer) {
      const part = resolved(reference, schema)
      const keyword = brokenBy(value, part)
      if (keyword) found.push({pointer, keyword})
      else if (typeOf(value) === 'object') members(part, value, pointer)
    }
    function members({properties = {}, required = [], patternProperties = {}, additionalProperties}, value, pointer) {
      for (const key of new Set([...Object.keys(properties), ...required])) {
        const place = below(pointer, key)
        if (has(value, key) && has(properties, key)) visit(properties[key], value[key], place)
        else if (!has(value, key) && required.includes(key)) found.push({pointer: place, keyword: 'required'})
      }
      for (const key of Object.keys(value).filter((key) => !has(properties, key)).sort(byCodePoint)) {
        const open = Object.keys(patternProperties).some((pattern) => expression(pattern).test(key))
        if (!open && additionalProperties === false) found.push({pointer: below(pointer, key), keyword: 'additionalProperties'})
      }
    }
    visit(schema, document, '')
    return found
  }

  // ---- Dates, texts, words

  const isBlank = (text) => /^\p{White_Space}*$/u.test(text)
  const bare = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

  function isDay(text) {
    const [year, month, day] = text.split('-').map(Number)
    // The calendar repeats after 400 years; Date takes the years 0 to 99 for others.
    const last = new Date(Date.UTC(2000 + year % 400, month, 0)).getUTCDate()
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= last
  }

  const both = (make) => ({zh: make('zh'), en: make('en')})
  const fill = (template, fields) => both((language) => template[language].replace(/\{(\w+)\}/g, (field, name) =>
    fields[name]?.[language] ?? fields[name] ?? field))

  const PROBLEMS = {
    required: {zh: '缺少“{cell}”。', en: '“{cell}” is missing.'},
    additionalProperties: {zh: '格式中没有“{cell}”这一项。', en: 'The form has no “{cell}”.'},
    other: {zh: '“{cell}”不符合格式（{keyword}）。', en: '“{cell}” does not follow the form ({keyword}).'}
  }
  const RANGES = {
    count: {zh: '{minimum}至{maximum}的整数', en: 'a whole number from {minimum} to {maximum}'},
    amount: {zh: '{minimum}至{maximum}、小数不超过{places}位的数', en: 'a number from {minimum} to {maximum} with at most {places} decimal places'}
  }
  const YEARS = {
    '=': {zh: '为{year}年', en: '{year}'}, '<=': {zh: '至{year}年止', en: 'up to {year}'}, '>=': {zh: '自{year}年起', en: 'from {year} on'}
  }

  // ---- Outcomes

  const STATUSES = ['error', 'fail', 'not_checked', 'pass', 'not_applicable']
  const RELATIONS = {'=': (order) => order === 0, '<=': (order) => order <= 0, '>=': (order) => order >= 0}
  const PASS = {status: 'pass'}
  const BROKEN = {status: 'error', reason: 'rule_broken'}
  const notChecked = (reason) => ({status: 'not_checked', reason})
  const failed = (pointers, fields) => ({status: 'fail', pointers, fields})

  /**
   * Make the checker of an edition from its published files, parsed.
   * @param {object} form         form.json
   * @param {object} catalogue    rules.json
   * @param {object} reportSchema report.schema.json
   * @param {object} [draftSchema] draft.schema.json, for a catalogue one of whose rules names it
   */
  function createChecker(form, catalogue, reportSchema, draftSchema) {
    const inputs = (section) => (section.table?.cells ?? []).filter((cell) => cell.kind === 'input')
    const cells = new Map(form.sections.flatMap(inputs).map((cell) => [cell.pointer, cell]))
    const parts = new Set(form.sections.map(({pointer}) => pointer))
    const tables = new Map(form.sections.filter(({table}) => table).map((section) => [section.pointer, inputs(section)]))

    /** What stands at a pointer, {value}, or the {reason} why nothing does. */
    function look(report, pointer) {
      const keys = keysOf(pointer)
      let value = report
      for (const key of keys) {
        if (!has(value, key)) {
          const stated = has(report, keys[0]) || reportSchema.required.includes(keys[0])
          return {reason: stated ? 'operand_missing' : 'not_stated'}
        }
        value = value[key]
      }
      return value === null ? {reason: 'operand_blank'} : {value}
    }

    function numberAt(report, pointer) {
      const {value, reason} = look(report, pointer)
      const number = exact(value)
      return number ? {number} : {reason: reason ?? 'operand_not_a_number'}
    }

    function textAt(report, pointer) {
      const {value, reason} = look(report, pointer)
      if (typeof value !== 'string') return {reason: reason ?? 'operand_not_text'}
      return isBlank(value) ? {reason: 'operand_blank'} : {text: value}
    }

    function dayAt(report, pointer) {
      const {text, reason} = textAt(report, pointer)
      return reason || /^\d{4}-\d{2}-\d{2}$/.test(text) ? {day: text, reason} : {reason: 'operand_not_a_date'}
    }

    /** The labels printed beside a cell, or the titles the schema gives on the way to another place. */
    function label(pointer) {
      const cell = cells.get(pointer)
      if (cell) return both((language) => [...cell.row_path[language], ...cell.column_path[language]].join(' › '))
      let part = reportSchema
      const titles = keysOf(pointer).map((key) => {
        part = has(part.properties, key) ? part.properties[key] : {}
        const title = {zh: part.title ?? key, en: part.description?.replace(/ — .*|\.$/, '') ?? key}
        part = resolved(part, reportSchema)
        return title
      })
      return both((language) => titles.map((title) => title[language]).join(' › ') || reportSchema.title)
    }

    // ---- The kinds of test: (test, reports) => one outcome for each instance

    function schemaTest({schema}, reports) {
      const against = schema === 'draft.schema.json' ? draftSchema : reportSchema
      if (!against) return [BROKEN]
      const found = breaches(against, reports.document[0])
      const told = new Set(found.length ? toldBetter(reports) : [])
      const untold = found.filter(({pointer, keyword}) => !told.has(pointer) || !TOLD_BETTER.includes(keyword))
      const failures = untold.map(({pointer, keyword}) => {
        const problem = fill(PROBLEMS[keyword] ?? PROBLEMS.other, {cell: label(pointer), keyword})
        return {status: 'fail', pointers: [pointer], keyword, fields: {problem}}
      })
      return failures.length ? failures : [PASS]
    }

    /** The cells and text parts that another active rule finds fault with, in the words of the form. */
    function toldBetter(reports) {
      const tells = ({status, test}) => status === 'active' &&
        (test.kind === 'cells' ? test.require !== 'unit' : test.kind === 'text' && test.require === 'present')
      const failures = catalogue.rules.filter(tells).flatMap((rule) => evaluate(rule, reports).failures)
      return failures.flatMap(({pointers}) => pointers).filter((pointer) => cells.has(pointer) || parts.has(pointer))
    }

    // Whether a cell is wrong: (what stands there, the number it is, the cell, the test, the report), or why not known.
    const CELLS = {
      filled: ({reason}) => reason === 'operand_blank' || reason,
      number: ({value, reason}, number) => typeof value === 'string' || (number ? false : reason ?? 'operand_not_a_number'),
      count: outOfRange,
      amount: outOfRange,
      unit: ({reason}, number, cell, test, report) => {
        if (!number) return reason ?? 'operand_not_a_number'
        const unit = look(report, cell.unit_pointer)
        return unit.reason === 'operand_blank' ? number.units !== 0n : unit.reason
      }
    }
    const CONCERNED = {count: ({type}) => type !== 'amount', amount: ({type}) => type === 'amount', unit: (cell) => cell.unit_pointer}

    function outOfRange({reason}, number, {type}, {places = 0}) {
      if (!number) return reason ?? 'operand_not_a_number'
      return number.places > places || brokenBy(number, reportSchema.$defs[type]) !== undefined
    }

    function cellsTest(test, {document: [report]}) {
      return [...cells.values()].filter(CONCERNED[test.require] ?? (() => true)).map((cell) => {
        const found = look(report, cell.pointer)
        const wrong = CELLS[test.require](found, exact(found.value), cell, test, report)
        if (typeof wrong === 'string') return notChecked(wrong)
        return wrong ? failed([cell.pointer], {cell: label(cell.pointer), value: found.value, range: rangeOf(cell, test)}) : PASS
      })
    }

    const rangeOf = ({type}, {require, places}) => fill(RANGES[require] ?? RANGES.count, {...reportSchema.$defs[type], places})

    function linearTest({instances}, reports) {
      return instances.map(({relation, terms, where}) => {
        if (!terms.every(([, pointer]) => cells.has(pointer))) return {status: 'error', reason: 'no_such_cell'}
        const unfit = terms.map(([, , whose]) => whose && unfitness(whose, reports)).find(Boolean)
        if (unfit) return notChecked(unfit)
        const units = new Set()
        const [left, right] = [[], []]
        for (const [coefficient, pointer, whose = 'document'] of terms) {
          for (const report of reports[whose]) {
            const {number, reason} = numberAt(report, pointer)
            if (reason) return notChecked(reason)
            const unit = cells.get(pointer).unit_pointer
            if (unit && number.units !== 0n) units.add(textAt(report, unit).text)
            ;(coefficient > 0 ? left : right).push(number.times(Math.abs(coefficient)))
          }
        }
        if (units.size > 1 || units.has(undefined)) return notChecked('units_differ')
        const sums = {left: Decimal.sum(left), right: Decimal.sum(right)}
        const order = sums.left.compare(sums.right)
        if (RELATIONS[relation](order)) return PASS
        const difference = Decimal.sum([sums.left.times(order), sums.right.times(-order)])
        const equation = [left, right].map((side) => side.join(' + ') || '0').join(` ${relation} `)
        return failed([...new Set(terms.map(([, pointer]) => pointer))], {where, ...sums, difference, equation})
      })
    }

    /** Why the reports that a term asks for are of no use. */
    function unfitness(whose, reports) {
      if (!reports[whose].length) return whose === 'previous' ? 'no_previous_report' : 'no_parts'
      const year = (report) => numberAt(report, '/report_year').number
      const own = year(reports.document[0])
      const wanted = own && Decimal.sum([own, new Decimal(whose === 'previous' ? -1n : 0n)])
      return wanted?.places === 0 && reports[whose].every((report) => year(report)?.compare(wanted) === 0) ? undefined : 'other_year'
    }

    // What is wrong with a text, as fields of the message; nothing if nothing is.
    const TEXTS = {
      not_only: (text, {phrases}) => ['', ...phrases].includes(bare(text)) && {value: text},
      covers: (text, {heads}) => {
        const open = heads.filter(({any}) => !any.some((word) => text.includes(word))).map(({title}) => title)
        return open.length > 0 && {heads: {zh: open.map(({zh}) => zh).join('、'), en: open.map(({en}) => en).join(', ')}}
      },
      at_most: (text, {characters: limit}) => {
        const value = characters(text.replace(/\p{White_Space}/gu, '')).length
        return value > limit && {value, limit}
      }
    }

    function textTest(test, {document: [report]}) {
      return test.at.map((pointer) => {
        if (test.require === 'present') return present(report, pointer)
        if (test.require === 'agrees' || test.require === 'differs') return notChecked('not_yet_evaluated')
        const {text, reason} = textAt(report, pointer)
        if (reason) return notChecked(reason)
        const wrong = TEXTS[test.require](text, test)
        return wrong ? failed([pointer], {part: label(pointer), ...wrong}) : PASS
      })
    }

    function present(report, pointer) {
      const found = tables.get(pointer)?.map((cell) => look(report, cell.pointer)) ?? [textAt(report, pointer)]
      if (found.some(({reason}) => !reason)) return PASS
      const blank = found.filter(({reason}) => reason === 'operand_blank')
      if (blank.length < found.length) return notChecked((blank[0] ?? found[0]).reason)
      return failed([pointer], {part: label(pointer)})
    }

    function dateTest({checks}, {document: [report]}) {
      return checks.map(({at, relation, year, ...day}) => {
        const found = year === undefined ? dayAt(report, at) : numberAt(report, at)
        const wanted = year === undefined ? dayWanted(report, day) : {number: exact(year)}
        if (found.reason) return notChecked(found.reason)
        if (relation === 'real') return isDay(found.day) ? PASS : failed([at], {cell: label(at), value: found.day})
        if (found.day && !isDay(found.day)) return notChecked('operand_not_a_date')
        if (wanted.reason) return notChecked(wanted.reason)
        const order = found.number?.compare(wanted.number) ?? (found.day < wanted.day ? -1 : Number(found.day > wanted.day))
        if (RELATIONS[relation](order)) return PASS
        return failed([at], {cell: label(at), value: found.number ?? found.day, expected: wanted.day ?? fill(YEARS[relation], {year})})
      })
    }

    function dayWanted(report, {years_after: after, month, day}) {
      const {number, reason} = numberAt(report, '/report_year')
      const year = number?.places === 0 ? Number(number.units) : 0
      const wanted = [year + after, month, day].map((one, index) => String(one).padStart(index ? 2 : 4, '0')).join('-')
      return reason || (year >= 1 && isDay(wanted)) ? {day: wanted, reason} : {reason: 'operand_not_a_date'}
    }

    const TESTS = {schema: schemaTest, cells: cellsTest, linear: linearTest, text: textTest, date: dateTest}

    // ---- Rules

    /** True, false, or undefined when it cannot be known. */
    function holds({at, in: choices, pattern, sum, minimum, maximum}, report) {
      if (at) {
        const {text} = textAt(report, at)
        return text && (choices ? choices.includes(text) : expression(`^(?:${pattern})$`).test(text))
      }
      const numbers = sum.map((pointer) => numberAt(report, pointer).number)
      if (numbers.includes(undefined)) return undefined
      const order = Decimal.sum(numbers).compare(exact(minimum ?? maximum))
      return minimum === undefined ? order <= 0 : order >= 0
    }

    function applies({applies_when: groups}, report) {
      const answers = groups.map((group) => group.map((condition) => holds(condition, report)))
        .map((group) => group.includes(false) ? false : group.includes(undefined) ? undefined : true)
      if (!groups.length || answers.includes(true)) return true
      return answers.includes(undefined) ? undefined : false
    }

    function evaluate(rule, reports) {
      const settled = (status, reason) => ({status, reason, failures: []})
      if (rule.status === 'retired') return settled('not_applicable', 'retired')
      const applicable = applies(rule, reports.document[0])
      if (applicable === undefined) return settled('not_checked', 'condition_unknown')
      if (!applicable) return settled('not_applicable', 'condition_not_met')
      const outcomes = TESTS[rule.test.kind](rule.test, reports)
      const status = STATUSES.find((status) => outcomes.some((one) => one.status === status)) ?? 'not_applicable'
      const reasons = outcomes.filter((one) => one.status === status).map(({reason}) => reason ?? null)
      const reason = reasons.find((reason) => reason !== 'not_stated') ?? reasons[0] ?? null
      return {status, reason, failures: outcomes.filter((one) => one.status === 'fail')}
    }

    const findingOf = ({id, severity, status, message}, {pointers, keyword = null, fields}) => ({
      rule: id, severity: status === 'trial' && severity === 'error' ? 'warning' : severity, pointers, keyword, message: fill(message, fields)
    })

    /**
     * Check a document as a filed report.
     * @param {object} document  as read() gives it, or plain JSON values whose numbers have lost nothing
     * @param {{previous?: object, parts?: object[]}} [others]  last year's report; those of the bodies it covers
     * @returns {Result}
     */
    function check(document, {previous, parts} = {}) {
      const reports = {document: [document], previous: previous ? [previous] : [], parts: parts ?? []}
      const evaluated = catalogue.rules.map((rule) => ({rule, ...evaluate(rule, reports)}))
      const findings = evaluated.flatMap(({rule, failures}) => failures.map((failure) => findingOf(rule, failure)))
      const open = evaluated.some(({rule, status, reason}) => rule.status === 'active' && rule.severity === 'error' &&
        (status === 'error' || (status === 'not_checked' && reason !== 'not_stated')))
      return {
        verdict: findings.some(({severity}) => severity === 'error') ? 'does_not_conform' : open ? 'cannot_tell' : 'conforms',
        rules: evaluated.map(({rule: {id}, status, reason}) => ({id, status, reason})),
        findings
      }
    }

    return Object.freeze({check})
  }

  if (typeof module === 'object' && module.exports) module.exports = {createChecker, breaches, read}
  else globalThis.disclosureSpec = Object.freeze({createChecker, breaches, read})
}
