// SPDX-License-Identifier: Apache-2.0
// npm's compiler, loaded once: a line of standard JSON in, a line of standard JSON out.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const solc = require('solc'); // found upwards from this file, in <root>/node_modules

const root = path.join(__dirname, '..', '..');
const read = (name) => {
  try {
    return { contents: fs.readFileSync(path.join(root, name), 'utf8') };
  } catch (error) {
    return { error: `File not found: ${name}` };
  }
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${solc.compile(line, { import: read }).replaceAll('\n', ' ')}\n`);
});
