# cmake -DGENERATOR=make_county -DCOMMITTED=samples/ambershire -DWORK=dir -P same_bytes.cmake
# Runs the generator and compares every file it writes with the committed one.
file(REMOVE_RECURSE "${WORK}")
execute_process(COMMAND "${GENERATOR}" "${WORK}" OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE made RELATIVE "${WORK}" "${WORK}/*")
list(LENGTH made count)
if(count LESS 8)
    message(FATAL_ERROR "the generator wrote ${count} files, 8 were expected")
endif()
foreach(path IN LISTS made)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${WORK}/${path}" "${COMMITTED}/${path}"
                    RESULT_VARIABLE differs)
    if(differs)
        message(FATAL_ERROR "${path} differs from the committed file; if the generator was meant to change, run "
                            "make_county on samples/ambershire and say so in CHANGELOG.md")
    endif()
endforeach()
