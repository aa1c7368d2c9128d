// Prints what Zod says of bodies: `npm install zod@4.6.7 && node zod.mjs > zod.json`, in a folder of its own.
// The schema is that of the model in ../zod.rs.
import * as z from "zod";

const kind = z.enum(["club", "concert-hall"]);
const address = z.object({
  street: z.string().min(1).max(10),
  number: z.int().min(1),
  zip: z.string().max(5).optional(),
  names: z.array(z.string().max(3)).max(2).optional(),
  country: z.object({ code: z.string().length(2) }),
});
const room = z.object({ name: z.string().min(1), seats: z.int().optional() });
const fields = {
  name: z.string().min(1).max(10),
  code: z.string().length(3),
  open: z.boolean(),
  seats: z.int().min(0).max(100),
  rating: z.number().min(0).max(5),
  opensAt: z.iso.datetime(),
  kind,
  tags: z.array(z.string().min(2).max(5)).min(2).max(3),
  address,
};
const optional = {
  floor: z.int(),
  height: z.number().gt(0.5).lt(1e21),
  depth: z.number().min(1e-7).max(1.5e22),
  closesAt: z.iso.datetime(),
  only: z.enum(["one"]),
  prices: z.array(z.number().min(0)),
  days: z.array(z.int().min(1).max(7)).length(2),
  kinds: z.array(kind),
  dates: z.array(z.iso.datetime()),
  flags: z.array(z.boolean()),
  rooms: z.array(room).max(2),
  email: z.email(),
  site: z.url(),
};
const note = z.string().max(5).nullish();
const each = (schemas, change) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
const schemas = {
  new: z.object({ ...fields, ...each(optional, (schema) => schema.optional()), note }),
  patch: z.object({
    ...each(fields, (schema) => schema.optional()),
    ...each(optional, (schema) => schema.nullish()),
    note,
  }),
};

// As text, for JSON.stringify knows no 1e400.
const right = {
  name: '"n"',
  code: '"abc"',
  open: "true",
  seats: "1",
  rating: "4.5",
  opensAt: '"2026-06-01T10:00:00Z"',
  kind: '"club"',
  tags: '["ab","cd"]',
  address: '{"street":"s","number":1,"country":{"code":"de"}}',
};
// A value of each type.
const types = ['"text"', '""', "true", "5", "1.5", "null", "[]", "[1]", "{}"];
const names = [...Object.keys(fields), ...Object.keys(optional), "note"];

const address_with = (changes) => {
  const all = { street: '"s"', number: "1", country: '{"code":"de"}', ...changes };
  const entries = Object.entries(all).filter(([, value]) => value !== undefined);
  return `{${entries.map(([name, value]) => `"${name}":${value}`).join(",")}}`;
};
const numbers = ["-1", "-0", "0", "0.5", "0.50000000000000011", "1.0", "1e2", "100", "101", "100.5", "5", "5.000000000000001",
  "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740991", "-9007199254740992", "1e21", "1e20", "1e22",
  "1e100", "-1e100", "1e400", "-1e400", "1e-8", "1e-7", "1.6e22"];
const texts = ['""', '"a"', '"ab"', '"abc"', '"abcd"', '"abcde"', '"abcdef"', '"abcdefghij"', '"abcdefghijk"', '"äöü"', '"𝄞𝄞𝄞"', '"𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞"',
  '"𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞"', '"\\ud834\\udd1e\\u0000\\n"', '" "'];
const times = ["2020-01-01T00:00:00Z", "2020-01-01T00:00Z", "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00.1Z",
  "2020-01-01T00:00:00.123456789012Z", "2020-01-01t00:00:00z", "2020-01-01 00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T23:59:59Z",
  "2020-01-01T23:60:00Z", "2016-12-31T23:59:60Z", "2021-02-29T00:00:00Z", "2020-02-29T00:00:00Z", "2020-02-30T00:00:00Z",
  "1900-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "0000-01-01T00:00:00Z", "0000-02-29T00:00:00Z", "0100-02-29T00:00:00Z",
  "2020-04-31T00:00:00Z", "2020-12-31T00:00:00Z", "2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z", "2020-01-00T00:00:00Z",
  "2020-01-32T00:00:00Z", "2020-01-01T00:00:00+00:00", "2020-01-01T00:00:00-00:00", "2020-01-01T00:00:00", "+002020-01-01T00:00:00Z",
  "-2020-01-01T00:00:00Z", "2020-1-1T00:00:00Z", "2020-01-01T00:00:00Z\n", "", " 2020-01-01T00:00:00Z", "2020-01-01T00:00:00,5Z",
  "2020-01-01T0000Z", "20200101T000000Z", "2020-01-01", "2020-01-01T00Z", "9999-12-31T23:59:59.9999Z", "２020-01-01T00:00:00Z",
  "2020-01-01T00:00:00.1a2Z", "2020-W01-1T00:00:00Z", "2020-001T00:00:00Z", "2020-01-01T00:00:0Z", "2020-01-01T00:00:00ZZ"];
const values = {
  name: texts,
  code: texts,
  seats: numbers,
  floor: numbers,
  rating: numbers,
  height: numbers,
  depth: numbers,
  opensAt: times.map((time) => JSON.stringify(time)),
  kind: ['"club"', '"concert-hall"', '"Club"', '"concertHall"', '"ConcertHall"', '"club "', '"\\u0063lub"'],
  only: ['"one"', '"two"'],
  note: ['"abcde"', '"abcdef"'],
  email: ['"a@example.com"', '"a"', '"@"', '"a@"'],
  site: ['"https://example.com/a?b#c"', '"no"', '""', '"//x"'],
  tags: ['["ab"]', '["ab","abc","abcde"]', '["ab","abc","abcde","ab"]', '["",5,"abcdef"]', '["",5,"abcdef","ab"]', '[5]', '["a"]', '[null,true]',
    '[{},"ab"]', '["ab",["c","d"]]', '["ab","ab",1.5]'],
  prices: ['[]', '[0,-0,1e20]', '[-1,"1",null,1e400,-1e-9]', '[[],{},true]'],
  days: ['[1,7]', '[1]', '[1,2,3]', '[0,8]', '[1.5,null]', '[1e99,-1e99]', '["x"]', '[8,8,8]'],
  kinds: ['[]', '["club","concert-hall"]', '["bar","club",5,null,{}]'],
  dates: ['["2020-01-01T00:00:00Z"]', '["2020-01-01","2020-01-01T00:00:00Z",5,null]'],
  flags: ['[true,false]', '[1,"true",null,true]'],
  address: [{}, { street: undefined }, { street: '""' }, { street: '"abcdefghijk"' }, { street: "5", number: '"1"', country: "null" },
    { number: "0" }, { number: "1.5" }, { number: "9007199254740992" }, { zip: "null" }, { zip: '"123456"', extra: "[[]]" },
    { names: "[]" }, { names: '["abc","abcd"]' }, { names: '["abcd",5]' }, { names: '["a","b","c",5]' }, { names: '"a"' },
    { country: "{}" }, { country: '{"code":"d"}' }, { country: '{"code":5}' }, { country: "[]" }, { country: undefined },
    { street: undefined, number: undefined, country: undefined }].map(address_with),
  rooms: ['[]', '[{"name":"a"},{"name":"b","seats":0}]', '[{"name":""},{}]', '[{"name":5,"seats":1.5},null]', '[{},{},{}]', '[[],"x"]',
    '[{"name":"a","seats":null}]', '{"0":{"name":"a"}}'],
};

const cases = [];
const add = (reader, body) => {
  const result = schemas[reader].safeParse(JSON.parse(body));
  // The pattern is long, and ours does not come from one.
  const issues = result.success ? [] : result.error.issues.map(({ pattern, ...issue }) => issue);
  cases.push({ reader, body, issues });
};
const text = (all) => `{${Object.entries(all).map(([name, value]) => `"${name}":${value}`).join(",")}}`;
// Zod tells of an array where a text should be that it is too long for one, too. We say once that it is none.
const has_length_by_accident = (name, value) => {
  const issues = schemas.new.safeParse(JSON.parse(text({ ...right, [name]: value }))).error?.issues ?? [];
  return issues.length > 1 && issues[0].path.length === 1;
};

for (const body of ["{}", "[]", "null", "5", '"text"', "true", text(right), text({ ...right, extra: "null" })]) {
  add("new", body);
  add("patch", body);
}
for (const name of names) {
  const { [name]: _, ...without } = right;
  add("new", text(without));
  for (const value of types.filter((value) => !has_length_by_accident(name, value))) {
    add("new", text({ ...right, [name]: value }));
  }
  // One value is read in the same way wherever it stands, but for `null`.
  for (const value of ["null", ...(values[name] ?? [])]) {
    add("patch", text({ [name]: value }));
  }
}
// Many at once, in any order of the keys.
const wrong = { note: "5", rooms: '[{"name":""},5]', address: '{"country":{"code":"x"},"number":0}', tags: '[1,""]', kind: '"x"',
  opensAt: '"now"', rating: "9", seats: "1e99", open: '"yes"', code: '"ab"', name: "null", days: "[0]", floor: '"1"' };
add("new", text(wrong));
add("patch", text(wrong));
process.stdout.write(`[\n${cases.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
