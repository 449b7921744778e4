// SPDX-License-Identifier: Apache-2.0
// The peer that documents are compared with, as its package publishes it: ABI and code as one line of JSON.
'use strict';
const { DocumentStore__factory: store } = require('@trustvc/document-store');

process.stdout.write(JSON.stringify({ abi: store.abi, bytecode: store.bytecode }));
