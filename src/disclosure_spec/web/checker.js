// A checker of annual reports, from the published form.json, rules.json and report.schema.json alone.
//
//   const {createChecker, read} = require('./checker.js')   // in a browser: self.disclosureSpec
//   createChecker(form, rules, schema).check(read(text))
//     → {verdict, rules: [{id, status, reason}], findings: [{rule, severity, pointers, keyword, message}]}
//
// Needs a browser or Node of 2018 or later. Without last year's report and those of subordinate bodies, the
// rules that compare with them are not checked.

'use strict'

;(function (root, made) {
  if (typeof module === 'object' && module.exports) module.exports = made
  else root.disclosureSpec = made
})(typeof self === 'undefined' ? this : self, (function () {
  const SEPARATOR = ' › '
  const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
  const SPACES = new RegExp(`[${SPACE}]+`, 'g') // \s also takes U+FEFF and leaves U+0085 out
  const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
  const HARMLESS = 'not_stated'
  const GRAVEST_FIRST = ['error', 'fail', 'not_checked', 'pass', 'not_applicable']
  const NO_REPORT = {previous: 'no_previous_report', parts: 'no_parts'}
  const HOLDS = {'=': (sign) => sign === 0, '<=': (sign) => sign <= 0, '>=': (sign) => sign >= 0}
  const SIGNS = {'=': '=', '<=': '≤', '>=': '≥'}
  const BROKEN = {'=': '≠', '<=': '>', '>=': '<'}
  const PROBLEMS = {
    required: {zh: '缺少“{cell}”。', en: '“{cell}” is missing.'},
    additionalProperties: {zh: '格式中没有“{cell}”这一项。', en: 'The form has no “{cell}”.'},
    other: {zh: '“{cell}”不符合格式（{keyword}）。', en: '“{cell}” does not follow the form ({keyword}).'},
  }

  const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key)
  const isNumber = (value) => typeof value === 'number' || value instanceof Decimal
  const isObject = (value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) && !isNumber(value)
  const wording = (make) => ({zh: make('zh'), en: make('en')})
  const escape = (key) => key.replace(/~/g, '~0').replace(/\//g, '~1')
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

  // ---- JSON and exact numbers

  /** A number with more digits than a binary float keeps, as it was written. */
  class Decimal {
    constructor(text) { this.text = text }
    toString() { return this.text }
  }

  /** Read JSON without losing a digit or a repeated key; throws SyntaxError. */
  function read(text) {
    JSON.parse(text) // refuses what is not JSON, so that the tokens can be taken as they come
    const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\],:"]+/g)
    let at = 0
    function value() {
      const token = tokens[at++]
      if (token === '[') {
        const list = []
        while (tokens[at] !== ']') list.push(value())
        at++
        return list
      }
      if (token === '{') {
        const object = Object.create(null) // so that "__proto__" is a key like any other
        while (tokens[at] !== '}') {
          const key = JSON.parse(tokens[at++])
          if (key in object) throw new SyntaxError(`The key ${JSON.stringify(key)} appears twice`)
          object[key] = value()
        }
        at++
        return object
      }
      const scalar = JSON.parse(token)
      if (typeof scalar !== 'number') return scalar
      if (/[eE][+-]?0*[1-9][0-9]{2}/.test(token)) throw new SyntaxError(`${token} is no number for a report`)
      return token.replace(/[eE].*|[-.]/g, '').length <= 15 ? scalar : new Decimal(token)
    }
    return value()
  }

  // A number is a Map of limbs: the limb at index i counts BASE ** i. Summed over a whole form a limb stays
  // far below 2 ** 53, so that every sum is exact.
  const WIDTH = 7
  const BASE = 10 ** WIDTH

  function limbs(number) {
    const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(String(number))
    if (!match) throw new RangeError(`${number} cannot stand in a report`)
    const [, minus, whole, fraction = '', exponent = '0'] = match
    const digits = whole + fraction
    const found = new Map()
    for (let i = 0; i < digits.length; i++) {
      if (digits[i] === '0') continue
      const power = whole.length - 1 - i + Number(exponent)
      const index = Math.floor(power / WIDTH)
      const worth = (minus ? -1 : 1) * Number(digits[i]) * 10 ** (power - index * WIDTH)
      found.set(index, (found.get(index) || 0) + worth)
    }
    return found
  }

  /** Add up [coefficient, number] pairs. */
  function sum(pairs) {
    const total = new Map()
    for (const [coefficient, number] of pairs) {
      for (const [index, limb] of number) total.set(index, (total.get(index) || 0) + coefficient * limb)
    }
    return total
  }

  /** Carry, and return the sign and the limbs from the lowest, none of them negative unless the sign is. */
  function settle(number) {
    const low = Math.min(0, ...number.keys())
    const high = Math.max(0, ...number.keys())
    const settled = []
    let carry = 0
    for (let i = low; i <= high || carry > 0; i++) {
      const limb = (number.get(i) || 0) + carry
      carry = Math.floor(limb / BASE)
      settled.push(limb - carry * BASE)
    }
    return {sign: carry < 0 ? -1 : settled.some(Boolean) ? 1 : 0, settled, low}
  }

  const signOf = (number) => settle(number).sign
  const compare = (one, other) => signOf(sum([[1, one], [-1, other]]))

  /** Write a number in plain digits, without zeros at the end of its decimal places. */
  function write(number) {
    const {sign, settled, low} = settle(number)
    if (sign < 0) return `-${write(sum([[-1, number]]))}`
    const digits = settled.map((limb) => String(limb).padStart(WIDTH, '0')).reverse().join('')
    const point = digits.length + low * WIDTH
    const fraction = digits.slice(point).replace(/0+$/, '')
    return digits.slice(0, point).replace(/^0+(?=.)/, '') + (fraction && `.${fraction}`)
  }

  const places = (number) => (write(number).split('.')[1] || '').length

  // ---- Structure: the portable subset of JSON Schema, see schema/meta/subset.schema.json

  const TYPES = {
    object: isObject,
    string: (value) => typeof value === 'string',
    number: isNumber,
    integer: (value) => isNumber(value) && places(limbs(value)) === 0,
    null: (value) => value === null,
  }
  const KEYWORDS = {
    type: (wanted, value) => [].concat(wanted).some((type) => TYPES[type](value)),
    const: (wanted, value) => value === wanted,
    enum: (wanted, value) => wanted.includes(value),
    pattern: (wanted, value) => typeof value !== 'string' || new RegExp(wanted, 'u').test(value),
    minLength: (wanted, value) => typeof value !== 'string' || [...value].length >= wanted,
    maxLength: (wanted, value) => typeof value !== 'string' || [...value].length <= wanted,
    minimum: (wanted, value) => !isNumber(value) || compare(limbs(value), limbs(wanted)) >= 0,
    maximum: (wanted, value) => !isNumber(value) || compare(limbs(value), limbs(wanted)) <= 0,
  }

  const follow = (schema, node) => (node.$ref ? schema.$defs[node.$ref.split('/')[2]] : node)

  /** Return every {pointer, keyword, value} at which a document breaks a schema, in the schema's order. */
  function breaches(schema, document) {
    const found = []
    function visit(reference, value, pointer) {
      const node = follow(schema, reference)
      for (const keyword of Object.keys(node)) {
        const holds = KEYWORDS[keyword]
        if (holds && !holds(node[keyword], value)) found.push({pointer, keyword, value})
      }
      if (node.properties && isObject(value)) visitKeys(node, value, pointer)
    }
    function visitKeys(node, value, pointer) {
      for (const key of Object.keys(node.properties)) {
        const at = `${pointer}/${escape(key)}`
        if (own(value, key)) visit(node.properties[key], value[key], at)
        else if (node.required.includes(key)) found.push({pointer: at, keyword: 'required'})
      }
      const doors = Object.keys(node.patternProperties || {}).map((pattern) => new RegExp(pattern, 'u'))
      for (const key of Object.keys(value).sort()) {
        if (own(node.properties, key) || doors.some((door) => door.test(key))) continue
        found.push({pointer: `${pointer}/${escape(key)}`, keyword: 'additionalProperties', value: value[key]})
      }
    }
    visit(schema, document, '')
    return found
  }

  // ---- Rules: a test gives one evaluation for each cell, equation, part or date it looks at

  const PASS = {status: 'pass'}
  const notChecked = (reason) => ({status: 'not_checked', reason})
  const passUnless = (reason) => (reason ? notChecked(reason) : PASS)
  const fail = (pointers, values, keyword = null) => ({status: 'fail', pointers, values, keyword})

  function isReal(date) {
    const day = new Date(`${date}T00:00:00Z`) // 30 February is refused by some engines and moved on by others
    return date >= '0001' && !isNaN(day) && day.toISOString().startsWith(date)
  }

  function fill(template, values) {
    return wording((language) => template[language].replace(/\{([a-z_]+)\}/g, (field, name) => {
      const value = own(values, name) ? values[name] : field
      if (isNumber(value)) return write(limbs(value))
      return isObject(value) ? value[language] : String(value)
    }))
  }

  function cellsOf({number, title, table}) {
    const inputs = table ? table.cells.filter(({kind}) => kind === 'input') : []
    return inputs.map(({pointer, type, unit_pointer: unit, row_path: row, column_path: column}) => {
      const heading = {zh: number + title.zh, en: title.en}
      const label = wording((language) =>
        [heading[language], ...row[language], ...column[language]].join(SEPARATOR))
      return {pointer, type, unit, label}
    })
  }

  function createChecker(form, {rules}, schema) {
    const tables = new Map(form.sections.filter(({table}) => table).map((one) => [one.pointer, cellsOf(one)]))
    const cells = [].concat(...tables.values())
    const cellAt = new Map(cells.map((cell) => [cell.pointer, cell]))
    const active = rules.filter(({status}) => status === 'active').map(({test}) => test)
    const cellRules = active.filter(({kind}) => kind === 'cells').map(({require}) => require)
    const present = active.filter(({kind, require}) => kind === 'text' && require === 'present')
    const partRules = [].concat(...present.map(({at}) => at)).filter((pointer) => !tables.has(pointer))

    function label(pointer) {
      if (cellAt.has(pointer)) return cellAt.get(pointer).label
      let node = schema
      const titles = pointer.split('/').slice(1).map((key) => {
        const here = (node.properties && own(node.properties, key) && node.properties[key]) || {}
        node = follow(schema, here)
        const {title, description} = here.title ? here : node
        return title ? {zh: title, en: description.split(' — ')[0].replace(/\.$/, '')} : {zh: key, en: key}
      })
      return wording((language) => titles.map((one) => one[language]).join(SEPARATOR) || pointer)
    }

    /** A document as the rules see it: a number or text is {value}, or the {reason} why there is none. */
    function factsOf(document) {
      const numbers = new Map()
      function at(pointer) {
        let value = document
        for (const key of pointer.split('/').slice(1)) {
          if (!isObject(value) || !own(value, key)) return undefined
          value = value[key]
        }
        return value
      }
      function absence(pointer) {
        const value = at(pointer)
        if (value === null) return 'operand_blank'
        if (value !== undefined) return undefined
        const head = pointer.split('/')[1]
        return own(document, head) || schema.required.includes(head) ? 'operand_missing' : HARMLESS
      }
      function number(pointer) {
        if (!numbers.has(pointer)) {
          const value = at(pointer)
          const reason = absence(pointer) || 'operand_not_a_number'
          numbers.set(pointer, isNumber(value) ? {value: limbs(value)} : {reason})
        }
        return numbers.get(pointer)
      }
      function text(pointer) {
        const value = at(pointer)
        if (typeof value !== 'string') return {reason: absence(pointer) || 'operand_not_text'}
        return value.replace(SPACES, '') ? {value} : {reason: 'operand_blank'}
      }
      return {document, at, absence, number, text}
    }

    // A condition is true, false, or undefined where a fact is missing.
    function holds(condition, facts) {
      if (condition.at) {
        const {value, reason} = facts.text(condition.at)
        if (reason) return undefined
        return condition.in ? condition.in.includes(value) : new RegExp(condition.pattern, 'u').test(value)
      }
      const found = condition.sum.map(facts.number)
      if (found.some(({reason}) => reason)) return undefined
      const total = sum(found.map(({value}) => [1, value]))
      const {minimum, maximum} = condition
      return minimum === undefined ? compare(total, limbs(maximum)) <= 0 : compare(total, limbs(minimum)) >= 0
    }

    function applies(groups, facts) {
      if (!groups.length) return true
      const answers = groups.map((group) => {
        const each = group.map((condition) => holds(condition, facts))
        return each.includes(false) ? false : each.includes(undefined) ? undefined : true
      })
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
    }

    // Each gives null for a cell that is none of its concern.
    const CELL_TESTS = {
      filled(cell, test, facts) {
        const reason = facts.absence(cell.pointer)
        return reason === 'operand_blank' ? failCell(cell, facts) : passUnless(reason)
      },
      number(cell, test, facts) {
        const isText = typeof facts.at(cell.pointer) === 'string'
        return isText ? failCell(cell, facts) : passUnless(facts.number(cell.pointer).reason)
      },
      count: (cell, test, facts) => (cell.type === 'amount' ? null : checkRange(cell, 0, facts)),
      amount: (cell, test, facts) => (cell.type === 'amount' ? checkRange(cell, test.places, facts) : null),
      unit(cell, test, facts) {
        if (!cell.unit) return null
        const {value, reason} = facts.number(cell.pointer)
        if (reason) return notChecked(reason)
        const absence = facts.absence(cell.unit)
        if (absence === 'operand_blank') return signOf(value) ? failCell(cell, facts) : PASS
        return passUnless(absence)
      },
    }

    function failCell({pointer, label: cell}, facts, range) {
      return fail([pointer], {cell, value: facts.at(pointer), range})
    }

    function checkRange(cell, most, facts) {
      const {value, reason} = facts.number(cell.pointer)
      if (reason) return notChecked(reason)
      const {minimum: low, maximum: high} = schema.$defs[cell.type]
      const isWithin = compare(value, limbs(low)) >= 0 && compare(value, limbs(high)) <= 0
      if (isWithin && places(value) <= most) return PASS
      const zh = `${low}至${high}之间${most ? `、小数不超过${most}位的数` : '的整数'}`
      const en = most ? `number with at most ${most} decimal places` : 'whole number'
      return failCell(cell, facts, {zh, en: `a ${en} from ${low} to ${high}`})
    }

    function checkEquation({relation, terms, where}, facts) {
      for (const [, pointer, whose] of terms) {
        if (whose) return notChecked(NO_REPORT[whose])
        if (!cellAt.has(pointer)) return {status: 'error', reason: 'no_such_cell'}
      }
      const pointers = terms.map(([, pointer]) => pointer)
      const unknown = pointers.map(facts.number).find(({reason}) => reason)
      if (unknown) return notChecked(unknown.reason)
      const weighed = terms.map(([coefficient, pointer]) => [coefficient, facts.number(pointer).value])
      const gap = sum(weighed)
      if (HOLDS[relation](signOf(gap))) return PASS
      const left = write(sum(weighed.filter(([times]) => times > 0)))
      const right = write(sum(weighed.filter(([times]) => times < 0).map(([times, one]) => [-times, one])))
      const difference = write(sum([[signOf(gap), gap]]))
      const equation = `${left} ${BROKEN[relation]} ${right}`
      return fail(pointers, {where, left, right, difference, equation})
    }

    // Each returns what to say of a text that fails, or null.
    const TEXT_TESTS = {
      not_only(text, {phrases}) {
        const bare = text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
        return bare && !phrases.includes(bare) ? null : {value: text.trim()}
      },
      covers(text, {heads}) {
        const missing = heads.filter(({any}) => !any.some((word) => text.includes(word)))
        const comma = {zh: '、', en: ', '}
        const list = wording((language) => missing.map(({title}) => title[language]).join(comma[language]))
        return missing.length ? {heads: list} : null
      },
      at_most(text, {characters}) {
        const length = [...text.replace(SPACES, '')].length
        return length > characters ? {value: length, limit: characters} : null
      },
    }

    function checkText(test, pointer, facts) {
      if (test.require === 'present') return checkPresent(pointer, facts)
      if (!own(TEXT_TESTS, test.require)) return notChecked('not_yet_evaluated')
      const {value, reason} = facts.text(pointer)
      if (reason) return notChecked(reason)
      const wrong = TEXT_TESTS[test.require](value, test)
      return wrong ? fail([pointer], Object.assign({part: label(pointer)}, wrong)) : PASS
    }

    function checkPresent(pointer, facts) {
      const table = tables.get(pointer)
      const reasons = table ? table.map((cell) => facts.absence(cell.pointer)) : [facts.text(pointer).reason]
      if (reasons.includes(undefined)) return PASS
      const isBlank = reasons.every((reason) => reason === 'operand_blank')
      return isBlank ? fail([pointer], {part: label(pointer)}) : notChecked(reasons.sort()[0])
    }

    function checkDate(demand, facts) {
      const {at, relation, month, day} = demand
      const failed = (expected) => fail([at], {cell: label(at), value: facts.at(at), expected})
      const {value, reason} = demand.year ? facts.number(at) : facts.text(at)
      if (reason) return notChecked(reason)
      if (demand.year) {
        const isKept = HOLDS[relation](compare(value, limbs(demand.year)))
        return isKept ? PASS : failed(`${SIGNS[relation]} ${demand.year}`)
      }
      if (!DATE.test(value)) return notChecked('operand_not_a_date')
      if (relation === 'real') return isReal(value) ? PASS : failed()
      if (!isReal(value)) return notChecked('operand_not_a_date')
      const stated = facts.number('/report_year')
      if (stated.reason) return notChecked(stated.reason)
      const year = Number(write(stated.value)) + demand.years_after
      const isYear = !places(stated.value) && year > demand.years_after && year <= 9999
      if (!isYear) return notChecked('operand_not_a_date')
      const wanted = [year, month, day].map((one, i) => String(one).padStart(i ? 2 : 4, '0')).join('-')
      const isKept = HOLDS[relation](order(value, wanted))
      return isKept ? PASS : failed({zh: `${year}年${month}月${day}日`, en: wanted})
    }

    // What a rule on cells or parts says better is left to it, so that it is told once.
    function isToldElsewhere({pointer, keyword, value}) {
      if (keyword === 'type' && value === null && partRules.includes(pointer)) return true
      const cell = cellAt.get(pointer)
      if (!cell || !['type', 'minimum', 'maximum'].includes(keyword)) return false
      if (value === null) return cellRules.includes('filled')
      if (typeof value === 'string') return cellRules.includes('number')
      return isNumber(value) && cellRules.includes(cell.type === 'amount' ? 'amount' : 'count')
    }

    function checkStructure(facts) {
      const found = new Map()
      for (const one of breaches(schema, facts.document)) {
        if (found.has(one.pointer) || isToldElsewhere(one)) continue
        const values = {cell: label(one.pointer), keyword: one.keyword}
        const problem = fill(PROBLEMS[one.keyword] || PROBLEMS.other, values)
        found.set(one.pointer, fail([one.pointer], {problem}, one.keyword))
      }
      return found.size ? [...found.values()] : [PASS]
    }

    const TESTS = {
      schema: (test, facts) => checkStructure(facts),
      cells: (test, facts) =>
        cells.map((cell) => CELL_TESTS[test.require](cell, test, facts)).filter(Boolean),
      linear: (test, facts) => test.instances.map((instance) => checkEquation(instance, facts)),
      text: (test, facts) => test.at.map((pointer) => checkText(test, pointer, facts)),
      date: (test, facts) => test.checks.map((demand) => checkDate(demand, facts)),
    }

    function evaluate(rule, facts) {
      if (rule.status === 'retired') return [{status: 'not_applicable', reason: 'retired'}]
      const applied = applies(rule.applies_when, facts)
      if (applied) return TESTS[rule.test.kind](rule.test, facts)
      if (applied === undefined) return [notChecked('condition_unknown')]
      return [{status: 'not_applicable', reason: 'condition_not_met'}]
    }

    function outcomeOf({id}, evaluations) {
      const status = GRAVEST_FIRST.find((one) => evaluations.some((each) => each.status === one))
      const reasons = evaluations.filter((one) => one.status === status).map((one) => one.reason || null)
      const reason = reasons.find((one) => one !== HARMLESS) || reasons[0] || null
      return {id, status: status || 'not_applicable', reason}
    }

    const isOpen = ({status, reason}) =>
      status === 'error' || (status === 'not_checked' && reason !== HARMLESS)

    /** Check a document as `read` or JSON.parse gives it; throws when it is no object or a number is NaN. */
    function check(document) {
      if (!isObject(document)) throw new TypeError('A report is an object')
      const facts = factsOf(document)
      const outcomes = []
      const findings = []
      let open = false
      for (const rule of rules) {
        const evaluations = evaluate(rule, facts)
        const outcome = outcomeOf(rule, evaluations)
        outcomes.push(outcome)
        open = open || (rule.status === 'active' && rule.severity === 'error' && isOpen(outcome))
        const severity = rule.status === 'trial' && rule.severity === 'error' ? 'warning' : rule.severity
        for (const {pointers, keyword, values} of evaluations.filter(({status}) => status === 'fail')) {
          findings.push({rule: rule.id, severity, pointers, keyword, message: fill(rule.message, values)})
        }
      }
      const wrong = findings.some(({severity}) => severity === 'error')
      const verdict = wrong ? 'does_not_conform' : open ? 'cannot_tell' : 'conforms'
      return {verdict, rules: outcomes, findings}
    }

    return {check}
  }

  return {createChecker, breaches, read, Decimal}
})())
