#!/bin/sh
# Make a backup in a folder, then delete the backups that are older than some days, also unfinished
# ones. If no backup can be made, none is deleted.
#   backup.sh FOLDER DAYS COMMAND…    such as: backup.sh /backups 14 undersigned
set -eu
folder=$1 days=$2
shift 2
umask 077
"$@" backup "$folder/undersigned-$(date -u +%Y-%m-%dT%H%M%SZ).db"
find "$folder" -maxdepth 1 -name 'undersigned-*.db*' -mtime "+$days" -delete
