// Say which documents of the suite the schemas accept, with Ajv as 2020-12 and as draft-07.
//
// node ajv.cjs NODE_MODULES SUITE SCHEMAS
//   NODE_MODULES  the folder that holds ajv        SUITE    the folder of manifest.json, tests/suite/1.0
//   SCHEMAS       the folder of the editions, schema/1.0
// Prints {"2020-12": {case id: true | false}, "draft-07": {…}}.

'use strict'

const fs = require('node:fs')
const path = require('node:path')

const [modules, suite, schemas] = process.argv.slice(2)
const load = (name) => require(require.resolve(name, {paths: [modules]}))
const read = (...parts) => JSON.parse(fs.readFileSync(path.join(...parts), 'utf8'))

const drafts = {
  '2020-12': {Ajv: load('ajv/dist/2020').default, uri: 'https://json-schema.org/draft/2020-12/schema'},
  'draft-07': {Ajv: load('ajv').default, uri: 'http://json-schema.org/draft-07/schema#'},
}

const {cases} = read(suite, 'manifest.json')
const verdicts = {}
for (const [draft, {Ajv, uri}] of Object.entries(drafts)) {
  const validators = {}
  verdicts[draft] = {}
  for (const {id, edition, schema, document} of cases) {
    const file = path.join(edition, `${schema}.schema.json`)
    // A null beside the type is the one union the schemas have.
    validators[file] ??= new Ajv({strict: true, allowUnionTypes: true})
      .compile({...read(schemas, file), $schema: uri})
    verdicts[draft][id] = validators[file](read(suite, document))
  }
}
process.stdout.write(JSON.stringify(verdicts))
