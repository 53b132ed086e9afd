const { join } = require('node:path');

// In the shape dependency-cruiser reads aliases from.
module.exports = { resolve: { alias: { $lib: join(__dirname, '../../src/lib') } } };
