// Which features of these mails do which mail programs not support, says caniemail.com's data.
// stdin: {"mails": {name: html}}; stdout: {"missing": {feature: [programs]}, "unknown": {…}, …}.
// Run by mail_clients.py in a folder in which npm has installed `caniemail`.
import { caniemail, rawData } from 'caniemail';

const input = JSON.parse(await new Response(process.stdin).text());
const programs = [...new Set(rawData.data.flatMap((one) =>
  Object.entries(one.stats).flatMap(([family, on]) => Object.keys(on).map((where) => `${family}.${where}`))))];
const missing = {};
const unknown = {};
const unchecked = new Set();
for (const program of programs) {
  for (const html of Object.values(input.mails)) {
    let left = html;
    for (let tries = 0; tries < 20; tries += 1) {
      try {
        const found = caniemail({ clients: [program], html: left });
        for (const issues of found.issues.errors.values())
          for (const { title } of issues) (missing[title] ??= new Set()).add(program);
        break;
      } catch (error) {
        // The checker stops at the first feature of which nothing is known for a program: go on
        // without that feature.
        const feature = /^Feature "([^"]+)" not found/.exec(error.message)?.[1];
        if (!feature) throw error;
        (unknown[feature] ??= new Set()).add(program);
        const name = feature.split(' ')[0].replace(/[.*+?^${}()|[\]\\<>]/g, '');
        let fewer = left
          .replace(new RegExp(`(?<=[;{"])\\s*${name}:[^;"}]*;?`, 'g'), '')
          .replace(new RegExp(` ${name}="[^"]*"`, 'g'), '')
          .replace(new RegExp(`<meta name="${name}"[^>]*>`, 'g'), '');
        if (fewer === left) fewer = left.replace(/<style>.*?<\/style>/s, '');
        if (fewer === left) unchecked.add(program);
        if (fewer === left) break;
        left = fewer;
      }
    }
  }
}
const lists = (sets) => Object.fromEntries(Object.entries(sets).map(([key, set]) => [key, [...set].sort()]));
process.stdout.write(JSON.stringify({ missing: lists(missing), unknown: lists(unknown),
  programs: programs.length - unchecked.size, unchecked: [...unchecked] }));
