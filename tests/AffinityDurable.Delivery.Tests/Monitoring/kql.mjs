// Reads queries with the language service of Kusto and says what is wrong with each, what it gives, and what it asks of the tables.
//   node kql.mjs PATH-OF-Kusto.Language.Bridge.js
//   stdin:  { "tables": { "AppTraces": { "Message": "string", ... } }, "queries": { "name": "text", ... } }
//   stdout: { "name": { diagnostics, results, columns, properties, comparisons, joins }, ... }
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The package puts itself into the global object; bridge.js is the runtime that it is compiled for.
const require = createRequire(process.argv[2]);
require('./bridge.js');
require('./Kusto.Language.Bridge.js');

const { KustoCode, GlobalState, Symbols, Syntax } = globalThis.Kusto.Language;
const { tables, queries } = JSON.parse(readFileSync(0, 'utf8'));

const tableOf = new Map();
const symbols = Object.entries(tables).map(([table, columns]) => {
  const own = Object.entries(columns).map(([name, type]) => new Symbols.ColumnSymbol(name, Symbols.ScalarTypes.GetSymbol(type)));
  own.forEach(column => tableOf.set(column, table));
  return new Symbols.TableSymbol.$ctor4(table, own);
});
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('workspace', symbols, false));

const itemsOf = list => { const items = []; for (let i = 0; i < list.Count; i++) items.push(list.getItem(i)); return items; };
const isA = (node, type) => globalThis.Bridge.is(node, Syntax[type]);

// A column as its table has it, also where a join or a union passes it on.
function tableColumn(symbol) {
  if (tableOf.has(symbol)) return { table: tableOf.get(symbol), column: symbol.Name };
  const originals = symbol?.OriginalColumns;
  return originals?.Count === 1 ? tableColumn(originals.getItem(0)) : null;
}

// What an expression is about: a column of a table, or one of its properties; through names that a query gives, and conversions.
function subjectOf(node) {
  if (isA(node, 'ParenthesizedExpression')) return subjectOf(node.Expression);
  if (isA(node, 'SimpleNamedExpression')) return subjectOf(node.Expression);
  if (isA(node, 'FunctionCallExpression') && node.ArgumentList.Expressions.Count === 1) return subjectOf(node.ArgumentList.Expressions.getItem(0).Element$1);
  if (isA(node, 'ElementExpression')) {
    const of = subjectOf(node.Expression);
    const key = node.Selector.Expression?.LiteralValue;
    return of?.column === 'Properties' && typeof key === 'string' ? { table: of.table, property: key } : null;
  }
  if (isA(node, 'NameReference')) {
    const column = tableColumn(node.ReferencedSymbol);
    return column ?? (node.ReferencedSymbol?.Source ? subjectOf(node.ReferencedSymbol.Source) : null);
  }
  return null;
}

function literalOf(node) {
  if (isA(node, 'ParenthesizedExpression')) return literalOf(node.Expression);
  return isA(node, 'LiteralExpression') && node.LiteralValue !== null ? String(node.LiteralValue) : null;
}

function read(text) {
  const code = KustoCode.ParseAndAnalyze(text, globals);
  const asked = { columns: [], properties: [], comparisons: [], joins: false };
  const compare = (left, operator, rights) => {
    const subject = subjectOf(left);
    const values = rights.map(literalOf).filter(value => value !== null);
    if (subject && values.length > 0) asked.comparisons.push({ ...subject, operator, values });
  };
  Syntax.SyntaxElement.WalkNodes(code.Syntax, node => {
    if (isA(node, 'JoinOperator')) {
      asked.joins = true;
    } else if (isA(node, 'NameReference')) {
      const column = tableColumn(node.ReferencedSymbol);
      if (column) asked.columns.push(column);
    } else if (isA(node, 'ElementExpression')) {
      const subject = subjectOf(node);
      if (subject) asked.properties.push(subject);
    } else if (isA(node, 'BinaryExpression')) {
      compare(node.Left, node.Operator.Text, [node.Right]);
    } else if (isA(node, 'InExpression')) {
      compare(node.Left, node.Operator.Text, itemsOf(node.Right.Expressions).map(item => item.Element$1));
    }
  });
  return {
    diagnostics: itemsOf(code.GetDiagnostics()).map(one => `${one.Severity} ${one.Code} at '${text.substr(one.Start, one.Length)}': ${one.Message}`),
    results: code.ResultType?.Columns ? itemsOf(code.ResultType.Columns).map(column => ({ name: column.Name, type: column.Type.Name })) : [],
    ...asked,
  };
}

process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(queries).map(([name, text]) => [name, read(text)]))));
