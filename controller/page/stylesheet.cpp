#include "controller/page/stylesheet.hpp"

namespace controller::page {

// The colours have a contrast of at least 4.5 to 1 in both schemes.
const std::string_view stylesheet = R"(:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --card: #ffffff; --line: #d5d9df; --text: #16191d; --quiet: #565e68;
  --good: #146c2e; --bad: #b3261e; --warn: #8a4b00; --link: #0b57c2;
  --good-ground: #e2f3e6; --bad-ground: #fdeae8; --warn-ground: #fff1da;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1215; --card: #191d22; --line: #343b44; --text: #e8eaed; --quiet: #a3acb8;
    --good: #7ed492; --bad: #ff9d94; --warn: #f5bd68; --link: #8ab8ff;
    --good-ground: #14301c; --bad-ground: #43191a; --warn-ground: #3b2a0d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; gap: .8em; align-items: center; padding: .5em 1em; background: var(--card);
  border-bottom: 1px solid var(--line); }
header form { margin: 0; }
.home { color: var(--text); text-decoration: none; margin-right: auto; padding: .4em 0; }
.who { color: var(--quiet); overflow-wrap: anywhere; }
main { max-width: 66em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.5em; line-height: 1.25; margin: .2em 0 .5em; overflow-wrap: anywhere; }
h2 { font-size: 1.1em; margin: 1.6em 0 .5em; }
h3 { font-size: 1.05em; margin: 0 0 .3em; overflow-wrap: anywhere; }
p { margin: .4em 0; overflow-wrap: anywhere; }
a { color: var(--link); }
.quiet, small, dt { color: var(--quiet); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5em, 1fr)); gap: .6em; padding: 0; margin: 0; }
.tile { display: block; background: var(--card); border: 1px solid var(--line); border-left: .35em solid var(--line);
  border-radius: .5em; padding: .6em .8em; color: var(--text); text-decoration: none; }
.tile b { display: block; font-size: 1.35em; line-height: 1.3; overflow-wrap: anywhere; }
.tile.good { border-left-color: var(--good); }
.tile.bad { border-left-color: var(--bad); }
.tile.warn { border-left-color: var(--warn); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27em), 1fr)); gap: .7em; align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5em; padding: .8em 1em; min-width: 0; }
.card.urgent { border-color: var(--warn); border-width: 2px; }
.badge { display: inline-block; padding: .05em .55em; border-radius: .8em; font-size: .88em; font-weight: 600;
  border: 1px solid var(--line); color: var(--quiet); white-space: nowrap; }
.badge.good { color: var(--good); background: var(--good-ground); border-color: transparent; }
.badge.bad { color: var(--bad); background: var(--bad-ground); border-color: transparent; }
.badge.warn { color: var(--warn); background: var(--warn-ground); border-color: transparent; }
.bad { color: var(--bad); }
dl { display: grid; grid-template-columns: minmax(6em, max-content) 1fr; gap: .25em .9em; margin: .4em 0; }
dt, dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
ul.guards { list-style: none; margin: .5em 0 0; padding: 0; }
ul.guards li { border-top: 1px solid var(--line); padding: .5em 0; overflow-wrap: anywhere; }
ul.guards small { display: block; }
table { border-collapse: collapse; width: 100%; }
td { text-align: left; padding: .45em .8em .45em 0; vertical-align: top; border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
tr:first-child td { border-top: 0; }
form { margin: .6em 0 0; }
label { display: block; margin: .7em 0; color: var(--quiet); }
input, select { display: block; width: 100%; font: inherit; color: var(--text); background: var(--ground);
  border: 1px solid var(--quiet); border-radius: .4em; padding: .6em .7em; min-height: 2.9em; margin-top: .2em; }
button, .button { display: inline-block; font: inherit; font-weight: 600; min-height: 2.9em; padding: .6em 1.2em;
  border: 1px solid var(--quiet); border-radius: .5em; background: var(--card); color: var(--text); cursor: pointer;
  text-decoration: none; text-align: center; }
button.primary, .button.primary { background: var(--link); border-color: var(--link); color: var(--card); }
button.danger { color: var(--bad); border-color: var(--bad); }
button.small { font-weight: 400; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; }
.deeds { display: flex; flex-wrap: wrap; gap: .6em; margin-top: .8em; }
.deeds form { margin: 0; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5em; margin: .6em 0; padding: 0 1em; }
details[open] { padding-bottom: 1em; }
summary { cursor: pointer; font-weight: 600; padding: .75em 0; min-height: 2.9em; overflow-wrap: anywhere; }
footer { color: var(--quiet); margin: 2em 0 1em; font-size: .9em; }
.narrow { max-width: 30em; margin: 0 auto; }
.alarm { background: var(--bad-ground); color: var(--bad); border-radius: .5em; padding: .7em 1em; }
@media (max-width: 34em) {
  main { padding: .8em; }
  .deeds > *, .deeds form button { width: 100%; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5em; }
  details form button { width: 100%; }
  table.steps tr { display: block; padding: .4em 0; border-top: 1px solid var(--line); }
  table.steps td { display: inline; border: 0; padding: 0 .5em 0 0; }
}
)";

}  // namespace controller::page
