#!/bin/sh
# Runs the agent of one task, once. Written by phaseplan.
#
#   task.sh NAME ID [after NAME…] [reports NAME…]   runs it if what it waits for is done
#   task.sh --ready NAME ID [after NAME…] …         only says whether it may run
#   task.sh --asked NAME ID                         says how to enter a decision or somebody else's work
#   task.sh --end NAME…                             exit status 1 if one of them is not done
#
# AGENT reads a prompt on standard input and prints its report; `claude -p` if it is not set. NAME.done, NAME.failed and
# NAME.report stand beside this file. To have a task run again, remove its NAME.done. Always ends well, so that an engine
# goes on with what does not wait for this task.
here=$(cd "$(dirname "$0")" && pwd)
case $1 in
--end)
  shift
  status=0
  for name; do
    [ -f "$here/$name.done" ] || { echo "not done: $name" >&2; status=1; }
  done
  exit $status
  ;;
--asked)
  [ -f "$here/$2.done" ] || echo "$3 is not for an agent. When it is done: touch $here/$2.done, and run this again." >&2
  exit 0
  ;;
--ready)
  only_asked=yes
  shift
  ;;
esac
name=$1
id=$2
shift 2
[ -f "$here/$name.done" ] && exit ${only_asked:+1}
what=
for other; do
  case $other in
  after | reports) what=$other ;;
  *)
    if [ "$what" = after ] && [ ! -f "$here/$other.done" ]; then
      echo "$id is left out: it waits for $other, which is not done." >&2
      exit ${only_asked:+1}
    fi
    ;;
  esac
done
[ -n "$only_asked" ] && exit 0
{
  cat "$here/$name.md"
  what=
  for other; do
    case $other in
    after | reports) what=$other ;;
    *)
      if [ "$what" = reports ] && [ -f "$here/$other.report" ]; then
        printf '\nReport of %s, behind `> `:\n' "$other"
        sed 's/^/> /' "$here/$other.report"
      fi
      ;;
    esac
  done
} >"$here/$name.prompt"
rm -f "$here/$name.failed"
if PHASEPLAN_TASK=$id ${AGENT:-claude -p} <"$here/$name.prompt" >"$here/$name.report"; then
  : >"$here/$name.done"
else
  : >"$here/$name.failed"
  echo "$id failed." >&2
fi
exit 0
